-- in: register
-- Bodies in the vault that nothing in the register points to any more, since the transaction that wrote this row. They are taken
-- away afterwards: were they removed in the same transaction, a crash between the two files could lose words that the register
-- still points to (docs/decisions/0050).

CREATE TABLE spent_secret (
    sealed_id id NOT NULL PRIMARY KEY, -- of the vault
    case_id id NOT NULL,             -- whose body it was
    at_us time_us NOT NULL,          -- since when nothing points to it
    emptied bool NOT NULL            -- its bytes are gone; the row in the vault is next
);
