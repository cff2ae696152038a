-- in: register
-- Letters on paper: what was printed, and the day it was posted.

ALTER TABLE task ADD COLUMN printed_us time_us; -- when it was last printed; NULL: not, or not by the program
ALTER TABLE task ADD COLUMN printed_by id REFERENCES app_user; -- who printed it
ALTER TABLE task ADD COLUMN posted date; -- the day it was posted, as whoever ticked it off says; NULL: not posted, or no letter
ALTER TABLE task ADD COLUMN kept_us time_us; -- from when what it stands for counts as done; NULL: not done
CREATE INDEX task_letter ON task (created_us, id) WHERE done_us IS NULL AND kind IN ('letter', 'letter_outside');
CREATE INDEX task_posted ON task (done_us, id) WHERE posted IS NOT NULL;
