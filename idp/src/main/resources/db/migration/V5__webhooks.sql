-- Receivers of events. The secrets in the body are sealed.
CREATE TABLE webhook (
    issuer  text COLLATE "C" NOT NULL REFERENCES issuer (issuer),
    id      text COLLATE "C" NOT NULL,
    organization text COLLATE "C" GENERATED ALWAYS AS (body ->> 'organization') STORED,
    version bigint NOT NULL,
    body    jsonb NOT NULL,
    PRIMARY KEY (issuer, id),
    FOREIGN KEY (issuer, organization) REFERENCES organization (issuer, id) ON DELETE CASCADE
);
CREATE INDEX webhook_of ON webhook (issuer, organization, id);

-- What happened, as it is sent: written in the transaction of what happened, and only if a webhook wants it.
CREATE TABLE webhook_event (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message text COLLATE "C" NOT NULL UNIQUE,
    issuer  text COLLATE "C" NOT NULL,
    organization text COLLATE "C",
    type    text COLLATE "C" NOT NULL,
    at      timestamptz NOT NULL,
    body    text NOT NULL
);
CREATE INDEX webhook_event_at ON webhook_event (at);

-- One event on its way to one webhook. Within a lane (an organization, or nobody's) they go out in the order of ids;
-- the number of attempts also fences: who comes back after another attempt began has nothing to say any more.
CREATE TABLE webhook_delivery (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    issuer  text COLLATE "C" NOT NULL,
    webhook text COLLATE "C" NOT NULL,
    event   bigint NOT NULL REFERENCES webhook_event (id) ON DELETE CASCADE,
    lane    text COLLATE "C" NOT NULL,
    waiting boolean NOT NULL DEFAULT true,
    attempts integer NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL,
    leased_until timestamptz,
    failing_since timestamptz,
    attempted_at timestamptz,
    last_status integer,
    last_problem text,
    delivered_at timestamptz,
    FOREIGN KEY (issuer, webhook) REFERENCES webhook (issuer, id) ON DELETE CASCADE
);
CREATE INDEX webhook_delivery_lane ON webhook_delivery (issuer, webhook, lane, id) WHERE waiting;
CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at) WHERE waiting;
CREATE INDEX webhook_delivery_of ON webhook_delivery (issuer, webhook, id DESC);
CREATE INDEX webhook_delivery_event ON webhook_delivery (event);
