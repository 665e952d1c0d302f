-- The design is kept as JSON beside the answers, so that a report needs nothing but this file.
CREATE TABLE study (
    id TEXT NOT NULL,                 -- random; tells the cookies of two studies on one machine apart
    design TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE picture (
    id TEXT PRIMARY KEY,              -- random; all that an address says
    sketch TEXT NOT NULL,
    method TEXT,                      -- NULL for the sketch itself
    number INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    UNIQUE (sketch, method, number)
) STRICT;

CREATE TABLE rater (
    number INTEGER PRIMARY KEY,       -- from 0, in the order of coming
    token TEXT NOT NULL UNIQUE,       -- random; who has it goes on as this rater
    started_at TEXT NOT NULL,
    submitted_at TEXT                 -- from then on answers stay as they are
) STRICT;

CREATE TABLE item (
    rater INTEGER NOT NULL REFERENCES rater,
    position INTEGER NOT NULL,        -- from 1
    kind TEXT NOT NULL CHECK (kind IN ('rating', 'repeat', 'instructed')),
    sketch TEXT NOT NULL,
    method TEXT NOT NULL,
    told INTEGER,                     -- the number to choose, where kind is 'instructed'
    shown_at TEXT,                    -- for the first time
    PRIMARY KEY (rater, position)
) STRICT;

CREATE TABLE answer (
    rater INTEGER NOT NULL,
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    score INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
    answered_at TEXT NOT NULL,        -- for the last time
    PRIMARY KEY (rater, position, question),
    FOREIGN KEY (rater, position) REFERENCES item
) STRICT;
