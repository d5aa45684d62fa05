-- Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

-- What a superuser does in the database vigie once its roles exist, so that a component that was taken over
-- can hold no lock that another component needs, fill no disk and take all connections. It may run again.

REVOKE CONNECT, TEMPORARY ON DATABASE vigie, postgres, template1 FROM PUBLIC;

GRANT CONNECT, TEMPORARY ON DATABASE vigie TO analytics;

GRANT CONNECT ON DATABASE vigie TO dashboard;

-- An advisory lock needs no right to any table, a large object none to any schema; a message fills the WAL.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT oid::regprocedure AS name, proname LIKE '%advisory%' AS locks FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace
      AND (proname LIKE '%advisory%' OR proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite', 'pg_logical_emit_message'))
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one.name);
    IF one.locks THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO analytics', one.name);
    END IF;
  END LOOP;
END
$$;

-- Seven instances of dashboard-service. No role can take all of PostgreSQL's 100 connections, nor all roles the last.
ALTER ROLE dashboard CONNECTION LIMIT 64;

ALTER ROLE catalog CONNECTION LIMIT 20;

ALTER ROLE analytics CONNECTION LIMIT 12;

ALTER ROLE dashboard SET temp_file_limit = '64MB';

-- A session may change what follows. dashboard-service gives up a query after 5 s.
ALTER ROLE dashboard SET statement_timeout = '10s';

ALTER ROLE dashboard SET idle_in_transaction_session_timeout = '10s';

-- Readers wait behind a migration that waits for one reader.
ALTER ROLE analytics SET lock_timeout = '30s';
