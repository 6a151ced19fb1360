"""What stands at the door of a club on a server, in PostgreSQL's own words (see `door`).

`FUNCTIONS` are templates: {definer} is how each begins, {logins} what a login looks like, {window} how long a try
counts.
"""

TABLES = """
CREATE SCHEMA IF NOT EXISTS door;
CREATE TABLE IF NOT EXISTS door.person (
    login text PRIMARY KEY, salt text NOT NULL, passes int NOT NULL, memory_kib int NOT NULL, lanes int NOT NULL,
    proof text NOT NULL, sealed text NOT NULL);
CREATE TABLE IF NOT EXISTS door.tries (
    ticket uuid PRIMARY KEY DEFAULT gen_random_uuid(), login text NOT NULL, at timestamptz NOT NULL,
    said_in text NOT NULL, proof text NOT NULL, told boolean NOT NULL DEFAULT false);
CREATE INDEX IF NOT EXISTS tries_of ON door.tries (login, at);
CREATE TABLE IF NOT EXISTS door.secret (of_made_up_salts bytea NOT NULL);
INSERT INTO door.secret SELECT decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')
    WHERE NOT EXISTS (SELECT FROM door.secret);
"""

WAIT = """
CREATE OR REPLACE FUNCTION door.wait(tried timestamptz[], now timestamptz) RETURNS double precision
{definer} DECLARE
    free_at timestamptz := now; recent timestamptz[]; many int; until timestamptz;
BEGIN
    LOOP
        SELECT coalesce(array_agg(least(one, now) ORDER BY one), '{{}}') INTO recent FROM unnest(tried) AS one
            WHERE free_at - least(one, now) < {window};
        many := cardinality(recent);
        IF many >= {most} THEN
            free_at := recent[many - {most_less_one}] + {window};
        ELSIF many <= {free} THEN
            EXIT;
        ELSE
            until := recent[many] + make_interval(secs => 2 ^ (many - {free}));
            EXIT WHEN until <= free_at;
            free_at := until;
        END IF;
    END LOOP;
    RETURN extract(epoch FROM free_at - now);
END $$"""

WAIT_OF = """
CREATE OR REPLACE FUNCTION door.wait_of(who text, but uuid) RETURNS double precision
{definer} DECLARE newest timestamptz[];
BEGIN
    IF who = '{prefix}recovery' THEN
        RETURN 0;  -- nobody guesses a key of 32 bytes, and nobody is to keep it from being used
    END IF;
    SELECT array_agg(at) INTO newest FROM (
        SELECT at FROM door.tries WHERE login = who AND ticket IS DISTINCT FROM but ORDER BY at DESC LIMIT {most}
    ) AS newest_ones;
    RETURN door.wait(coalesce(newest, '{{}}'), clock_timestamp());
END $$"""

KNOCK = """
CREATE OR REPLACE FUNCTION door.knock(who text)
RETURNS TABLE (salt text, passes int, memory_kib int, lanes int, own boolean, wait double precision)
{definer} BEGIN
    RETURN QUERY SELECT p.salt, p.passes, p.memory_kib, p.lanes, false, door.wait_of(who, NULL)
        FROM door.person p WHERE p.login = who;
    IF NOT FOUND THEN
        RETURN QUERY SELECT
            encode(substr(sha256(s.of_made_up_salts || convert_to(who, 'UTF8')), 1, 16), 'base64'), p.passes,
            p.memory_kib, p.lanes, EXISTS (SELECT FROM pg_roles WHERE rolname = who) AND who ~ '{logins}',
            door.wait_of(who, NULL)
            FROM door.secret s CROSS JOIN (
                (SELECT o.passes, o.memory_kib, o.lanes FROM door.person o WHERE o.salt <> ''
                    GROUP BY 1, 2, 3 ORDER BY count(*) DESC LIMIT 1)
                UNION ALL SELECT {strength} LIMIT 1
            ) AS p;
    END IF;
END $$"""

SAY = """
CREATE OR REPLACE FUNCTION door.say(who text, said text)
RETURNS TABLE (ticket uuid, wait double precision)
{definer} DECLARE
    seconds double precision; unknown boolean;
BEGIN
    IF who IS NULL OR said IS NULL OR who !~ '{logins}' OR said !~ '^[0-9a-f]{{64}}$' THEN
        RAISE insufficient_privilege USING MESSAGE = 'not a login of this club';
    END IF;
    seconds := door.wait_of(who, NULL);
    IF seconds > 0 THEN
        RETURN QUERY SELECT NULL::uuid, seconds;
        RETURN;
    END IF;
    unknown := NOT EXISTS (SELECT FROM pg_roles WHERE rolname = who);
    IF unknown OR who = '{prefix}recovery' THEN
        DELETE FROM door.tries t WHERE t.ticket IN (
            SELECT o.ticket FROM door.tries o WHERE o.at < clock_timestamp() - {window}
            AND (o.login = '{prefix}recovery' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = o.login))
            FOR UPDATE SKIP LOCKED);
    END IF;
    IF unknown AND {most_unknown} <= (
        SELECT count(*) FROM door.tries o WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = o.login)
    ) THEN
        RETURN QUERY SELECT gen_random_uuid(), 0::double precision;
        RETURN;
    END IF;
    RETURN QUERY INSERT INTO door.tries AS t (login, at, said_in, proof)
        VALUES (who, clock_timestamp(), pg_current_xact_id()::text, encode(sha256(convert_to(said, 'UTF8')), 'hex'))
        RETURNING t.ticket, 0::double precision;
END $$"""

ENTER = """
CREATE OR REPLACE FUNCTION door.enter(shown uuid)
RETURNS TABLE (answer text, sealed text, wait double precision, many int, first timestamptz, last timestamptz)
{definer} DECLARE
    tried door.tries; held text; seconds double precision;
BEGIN
    SELECT * INTO tried FROM door.tries t WHERE t.ticket = shown;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'wrong', '', 0::double precision, 0, NULL::timestamptz, NULL::timestamptz;
        RETURN;
    END IF;
    IF tried.said_in = pg_current_xact_id()::text THEN
        RAISE insufficient_privilege USING MESSAGE = 'a try is answered once it stands';
    END IF;
    IF tried.proof = '' OR tried.at < clock_timestamp() - interval '{ticket_seconds} seconds' THEN
        RETURN QUERY SELECT 'late', '', 0::double precision, 0, NULL::timestamptz, NULL::timestamptz;
        RETURN;
    END IF;
    seconds := door.wait_of(tried.login, shown);
    IF seconds > 0 THEN
        RETURN QUERY SELECT 'wait', '', seconds, 0, NULL::timestamptz, NULL::timestamptz;
        RETURN;
    END IF;
    SELECT p.sealed INTO held FROM door.person p WHERE p.login = tried.login AND p.proof = tried.proof;
    IF held IS NULL THEN
        UPDATE door.tries t SET proof = '' WHERE t.ticket = shown;  -- what somebody nearly typed is not kept
        RETURN QUERY SELECT 'wrong', '', 0::double precision, 0, NULL::timestamptz, NULL::timestamptz;
        RETURN;
    END IF;
    DELETE FROM door.tries t WHERE t.ticket = shown;
    RETURN QUERY SELECT 'right', held, 0::double precision, count(*)::int, min(t.at), max(t.at)
        FROM door.tries t WHERE t.login = tried.login AND NOT t.told;
END $$"""

TELL = """
CREATE OR REPLACE FUNCTION door.tell() RETURNS TABLE (many int, first timestamptz, last timestamptz)
{definer} BEGIN
    DELETE FROM door.tries t WHERE t.ticket IN (
        SELECT o.ticket FROM door.tries o
        WHERE o.login = session_user AND o.told AND o.at < clock_timestamp() - {window} FOR UPDATE SKIP LOCKED);
    RETURN QUERY WITH untold AS (
        SELECT o.ticket, o.at FROM door.tries o WHERE o.login = session_user AND NOT o.told FOR UPDATE SKIP LOCKED
    ), marked AS (
        UPDATE door.tries t SET told = true FROM untold u WHERE t.ticket = u.ticket RETURNING u.at
    ) SELECT count(*)::int, min(m.at), max(m.at) FROM marked m;
END $$"""

SET = """
CREATE OR REPLACE FUNCTION door.set(
    who text, salt text, passes int, memory_kib int, lanes int, proof text, sealed text
) RETURNS void
{definer} BEGIN
    IF who !~ '{logins}' THEN
        RAISE insufficient_privilege USING MESSAGE = 'not a login of this club';
    END IF;
    INSERT INTO door.person AS p VALUES (who, salt, passes, memory_kib, lanes, proof, sealed)
    ON CONFLICT (login) DO UPDATE SET salt = excluded.salt, passes = excluded.passes,
        memory_kib = excluded.memory_kib, lanes = excluded.lanes, proof = excluded.proof, sealed = excluded.sealed;
END $$"""

SET_MINE = """
CREATE OR REPLACE FUNCTION door.set_mine(
    salt text, passes int, memory_kib int, lanes int, proof text, sealed text
) RETURNS void
{definer} BEGIN
    PERFORM door.set(session_user::text, salt, passes, memory_kib, lanes, proof, sealed);
END $$"""

FUNCTIONS = (WAIT, WAIT_OF, KNOCK, SAY, ENTER, TELL, SET, SET_MINE)
