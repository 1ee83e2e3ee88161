-- The customer's setup portal: links that let a person in once, what they were exchanged for, and how far a connection's
-- setup has come. Tokens are kept as hashes. Every row carries its issuer and organization, and is asked for with both.

CREATE TABLE setup_link (
    issuer       text COLLATE "C" NOT NULL,
    id           text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL,
    token_hash   bytea NOT NULL UNIQUE,
    intent       text NOT NULL,
    connection   text COLLATE "C",
    step         text,
    contact      text NOT NULL,
    inviter      text NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz,
    revoked_at   timestamptz,
    wanted_again_at timestamptz,
    PRIMARY KEY (issuer, organization, id),
    FOREIGN KEY (issuer, organization) REFERENCES organization (issuer, id) ON DELETE CASCADE
);
CREATE INDEX setup_link_of ON setup_link (issuer, organization, created_at DESC, id);

CREATE TABLE portal_session (
    token_hash   bytea PRIMARY KEY,
    issuer       text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL,
    link         text COLLATE "C" NOT NULL,
    expires_at   timestamptz NOT NULL,
    language     text,
    FOREIGN KEY (issuer, organization, link) REFERENCES setup_link (issuer, organization, id) ON DELETE CASCADE
);
CREATE INDEX portal_session_of ON portal_session (issuer, organization, link);

CREATE TABLE connection_setup (
    issuer       text COLLATE "C" NOT NULL,
    connection   text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL,
    version      bigint NOT NULL,
    body         jsonb NOT NULL,
    PRIMARY KEY (issuer, organization, connection),
    FOREIGN KEY (issuer, connection) REFERENCES connection (issuer, id) ON DELETE CASCADE
);

CREATE TABLE trial_sign_in (
    issuer       text COLLATE "C" NOT NULL,
    id           text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL,
    connection   text COLLATE "C" NOT NULL,
    contact      text NOT NULL,
    began_at     timestamptz NOT NULL,
    ended_at     timestamptz,
    succeeded    boolean,
    connection_version bigint NOT NULL,
    body         jsonb NOT NULL,
    PRIMARY KEY (issuer, organization, id),
    FOREIGN KEY (issuer, connection) REFERENCES connection (issuer, id) ON DELETE CASCADE
);
CREATE INDEX trial_sign_in_of ON trial_sign_in (issuer, organization, connection, began_at DESC);
