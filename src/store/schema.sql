-- What the migrations know about themselves. Both tables are made here and not by a migration.

-- name: migration_lock() :one (ok int)
-- Only one process migrates at a time: on SQLite the transaction is the lock.
SELECT 1 AS ok;
-- pg:
SELECT COUNT(pg_advisory_xact_lock(hashtextextended('gava migrations ' || CURRENT_SCHEMA(), 0))) AS ok;

-- name: migration_tables() :one (n int)
-- How many of the two tables exist.
-- sqlite:
SELECT (SELECT COUNT(*) FROM register.sqlite_schema WHERE name = 'migration')
    + (SELECT COUNT(*) FROM main.sqlite_schema WHERE name = 'vault_migration') AS n;
-- pg:
SELECT COUNT(to_regclass('migration')) + COUNT(to_regclass('vault_migration')) AS n;

-- name: migration_table_make() :exec
-- The register's list of migrations: number and name of the file, SHA-256 of its text, when it ran.
-- sqlite:
CREATE TABLE IF NOT EXISTS register.migration
    (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, at_us INTEGER NOT NULL) STRICT;
-- pg:
CREATE TABLE IF NOT EXISTS migration
    (number BIGINT PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, at_us BIGINT NOT NULL);

-- name: vault_migration_table_make() :exec
-- The same for the vault, so that each file says what it is by itself.
-- sqlite:
CREATE TABLE IF NOT EXISTS main.vault_migration
    (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, at_us INTEGER NOT NULL) STRICT;
-- pg:
CREATE TABLE IF NOT EXISTS vault_migration
    (number BIGINT PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, at_us BIGINT NOT NULL);

-- name: migration_list() :many(9999) (number int, name text, sha256 text, at time_us)
-- What has run in either place, by number.
SELECT number, name, sha256, at_us FROM migration
UNION ALL SELECT number, name, sha256, at_us FROM vault_migration ORDER BY number LIMIT 9999;

-- name: migration_add(number int, name text, sha256 text, at time_us) :exec
-- A migration of the register has run.
INSERT INTO migration (number, name, sha256, at_us) VALUES (:number, :name, :sha256, :at);

-- name: vault_migration_add(number int, name text, sha256 text, at time_us) :exec
-- A migration of the vault has run.
INSERT INTO vault_migration (number, name, sha256, at_us) VALUES (:number, :name, :sha256, :at);

-- name: store_slugs() :many(1000) (slug text)
-- PostgreSQL: the schemas that are municipalities. SQLite: the one that is open.
SELECT slug FROM municipality ORDER BY slug LIMIT 1000;
-- pg:
SELECT table_schema::text AS slug FROM information_schema.tables WHERE table_name = 'municipality'
ORDER BY table_schema LIMIT 1000;

-- name: schemas_name(slug text) :one (slug text)
-- PostgreSQL: says which schemas schemas_make() makes. SQLite has none.
SELECT :slug AS slug;
-- pg:
SELECT set_config('gava.slug', :slug, FALSE) AS slug;

-- name: schemas_drop() :exec
-- PostgreSQL: takes away both schemas of a municipality that was never finished; one that has its name stays. SQLite:
-- nothing.
SELECT 1 AS never WHERE FALSE;
-- pg:
DO $$
DECLARE
    slug text := current_setting('gava.slug');
    made boolean := FALSE;
BEGIN
    IF to_regclass(format('%I.municipality', slug)) IS NOT NULL THEN
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.municipality)', slug) INTO made;
    END IF;
    IF NOT made THEN
        EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', slug || '_vault');
        EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', slug);
    END IF;
END $$;

-- name: schemas_make() :exec
-- PostgreSQL: the register's and the vault's schema, unless they are there. SQLite: nothing.
SELECT 1 AS never WHERE FALSE;
-- pg:
DO $$ BEGIN
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', current_setting('gava.slug'));
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', current_setting('gava.slug') || '_vault');
END $$;
