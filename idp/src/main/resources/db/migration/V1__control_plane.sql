-- Configuration and people. The body of a row is its record as JSON; the columns beside it are what is looked up, and
-- those that repeat the body are generated from it, so that the two cannot disagree. Every row carries its issuer.

CREATE TABLE issuer (
    issuer  text COLLATE "C" NOT NULL,
    id      text COLLATE "C" NOT NULL CHECK (id = issuer),
    version bigint NOT NULL,
    body    jsonb NOT NULL,
    PRIMARY KEY (issuer, id),
    UNIQUE (issuer)
);

CREATE TABLE organization (
    issuer  text COLLATE "C" NOT NULL REFERENCES issuer (issuer),
    id      text COLLATE "C" NOT NULL,
    organization text COLLATE "C" GENERATED ALWAYS AS (id) STORED,
    version bigint NOT NULL,
    body    jsonb NOT NULL,
    PRIMARY KEY (issuer, id),
    -- A session names its organization without the issuer.
    UNIQUE (id)
);

-- A claim on a domain. Anybody may claim; one organization of an issuer may have it verified.
CREATE TABLE domain_claim (
    issuer  text COLLATE "C" NOT NULL,
    id      text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL GENERATED ALWAYS AS (body ->> 'organization') STORED,
    verified boolean NOT NULL GENERATED ALWAYS AS ((body ->> 'verified')::boolean) STORED,
    version bigint NOT NULL,
    body    jsonb NOT NULL,
    PRIMARY KEY (issuer, organization, id),
    FOREIGN KEY (issuer, organization) REFERENCES organization (issuer, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX domain_verified ON domain_claim (issuer, id) WHERE verified;
CREATE INDEX domain_claimed ON domain_claim (issuer, id);

CREATE TABLE connection (
    issuer  text COLLATE "C" NOT NULL,
    id      text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL GENERATED ALWAYS AS (body ->> 'organization') STORED,
    version bigint NOT NULL,
    body    jsonb NOT NULL,
    PRIMARY KEY (issuer, id),
    FOREIGN KEY (issuer, organization) REFERENCES organization (issuer, id)
);
CREATE INDEX connection_of ON connection (issuer, organization, id);

CREATE TABLE client (
    issuer  text COLLATE "C" NOT NULL REFERENCES issuer (issuer),
    id      text COLLATE "C" NOT NULL,
    organization text COLLATE "C" GENERATED ALWAYS AS (body ->> 'organization') STORED,
    version bigint NOT NULL,
    body    jsonb NOT NULL,
    PRIMARY KEY (issuer, id),
    FOREIGN KEY (issuer, organization) REFERENCES organization (issuer, id)
);
CREATE INDEX client_of ON client (issuer, organization, id);

CREATE TABLE service_provider (
    issuer  text COLLATE "C" NOT NULL REFERENCES issuer (issuer),
    id      text COLLATE "C" NOT NULL,
    organization text COLLATE "C" GENERATED ALWAYS AS (body ->> 'organization') STORED,
    entity_id text COLLATE "C" NOT NULL GENERATED ALWAYS AS (body ->> 'entity_id') STORED,
    version bigint NOT NULL,
    body    jsonb NOT NULL,
    PRIMARY KEY (issuer, id),
    UNIQUE (issuer, entity_id),
    FOREIGN KEY (issuer, organization) REFERENCES organization (issuer, id)
);
CREATE INDEX service_provider_of ON service_provider (issuer, organization, id);

-- "user" is a reserved word. A local account signs in by e-mail address; one that came through a connection does not.
CREATE TABLE account (
    issuer  text COLLATE "C" NOT NULL REFERENCES issuer (issuer),
    id      text COLLATE "C" NOT NULL,
    organization text COLLATE "C" GENERATED ALWAYS AS (body ->> 'organization') STORED,
    email   text COLLATE "C" NOT NULL GENERATED ALWAYS AS (body ->> 'email') STORED,
    local   boolean NOT NULL DEFAULT true,
    password jsonb,
    version bigint NOT NULL,
    body    jsonb NOT NULL,
    PRIMARY KEY (issuer, id),
    FOREIGN KEY (issuer, organization) REFERENCES organization (issuer, id)
);
CREATE UNIQUE INDEX account_local_email ON account (issuer, email) WHERE local;
CREATE INDEX account_email ON account (issuer, email, id);
CREATE INDEX account_of ON account (issuer, organization, id);

CREATE TABLE account_link (
    issuer     text COLLATE "C" NOT NULL,
    connection text COLLATE "C" NOT NULL,
    subject    text COLLATE "C" NOT NULL,
    account    text COLLATE "C" NOT NULL,
    PRIMARY KEY (issuer, connection, subject),
    FOREIGN KEY (issuer, connection) REFERENCES connection (issuer, id) ON DELETE CASCADE,
    FOREIGN KEY (issuer, account) REFERENCES account (issuer, id) ON DELETE CASCADE
);
CREATE INDEX account_link_of ON account_link (issuer, account);

CREATE TABLE audit_event (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL,
    issuer  text COLLATE "C" NOT NULL,
    organization text COLLATE "C",
    action  text NOT NULL,
    actor   text,
    account text,
    client  text,
    session text,
    address text,
    reason  text,
    trace_id text NOT NULL,
    details jsonb NOT NULL
);
CREATE INDEX audit_event_issuer ON audit_event (issuer, id DESC);
CREATE INDEX audit_event_organization ON audit_event (issuer, organization, id DESC) WHERE organization IS NOT NULL;

-- Who signed in where: how the sessions of an organization are found. Whether one is alive only its store knows.
CREATE TABLE login_event (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL,
    issuer  text COLLATE "C" NOT NULL,
    organization text COLLATE "C",
    account text COLLATE "C" NOT NULL,
    session text COLLATE "C" NOT NULL,
    client  text COLLATE "C",
    connection text COLLATE "C"
);
CREATE INDEX login_event_of ON login_event (issuer, organization, id DESC) WHERE organization IS NOT NULL;
