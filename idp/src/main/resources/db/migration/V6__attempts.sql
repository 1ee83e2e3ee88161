-- Attempts to sign in over connections: kept for some days, bounded per connection, purged by the writer. No foreign
-- key: a batch must not fail because a connection was deleted meanwhile, and every question names the organization.

CREATE TABLE sign_in_attempt (
    issuer  text COLLATE "C" NOT NULL,
    id      text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL,
    connection text COLLATE "C" NOT NULL,
    at      timestamptz NOT NULL,
    kind    text NOT NULL,
    outcome text NOT NULL,
    code    text,
    trace_id text COLLATE "C" NOT NULL,
    body    jsonb NOT NULL,
    -- The refused message, sealed.
    message text,
    PRIMARY KEY (issuer, id)
);
CREATE INDEX sign_in_attempt_over ON sign_in_attempt (issuer, connection, at DESC, id DESC);
CREATE INDEX sign_in_attempt_of ON sign_in_attempt (issuer, organization, at DESC, id DESC);
CREATE INDEX sign_in_attempt_at ON sign_in_attempt (at);
CREATE INDEX sign_in_attempt_message ON sign_in_attempt (issuer, connection, at DESC) WHERE message IS NOT NULL;

-- What became of them by the hour, kept or not: the figures of a connection's health. Tests do not count.
CREATE TABLE sign_in_hour (
    issuer  text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL,
    connection text COLLATE "C" NOT NULL,
    hour    timestamptz NOT NULL,
    -- Empty: succeeded.
    code    text NOT NULL,
    attempts bigint NOT NULL,
    provider_calls bigint NOT NULL,
    provider_millis bigint NOT NULL,
    provider_millis_max bigint NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, organization, connection, hour, code)
);
CREATE INDEX sign_in_hour_at ON sign_in_hour (hour);
