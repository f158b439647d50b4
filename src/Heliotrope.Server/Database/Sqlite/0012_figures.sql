-- Figures: of each conversation what is counted from its entries, what is usual in a week, and whole days packed for reports.

CREATE TABLE conversation_figures (
    conversation_number INTEGER NOT NULL,
    hold_seconds INTEGER NULL,
    transfers INTEGER NOT NULL,
    repeats INTEGER NOT NULL,
    re_asks INTEGER NOT NULL,
    channel_switches INTEGER NOT NULL,
    bot_loops INTEGER NOT NULL,
    recovery TEXT NULL,
    recovery_wait INTEGER NULL,
    recovery_opened_at INTEGER NULL,
    recovery_ended_at INTEGER NULL,
    steps_met INTEGER NOT NULL,
    steps_missed INTEGER NOT NULL,
    outside_cause TEXT NOT NULL,
    grade TEXT NULL,
    score INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    baseline_of INTEGER NOT NULL,
    baseline_alike TEXT NOT NULL,
    baseline_hold_seconds INTEGER NOT NULL,
    baseline_friction INTEGER NOT NULL,
    person_id INTEGER NULL,
    CONSTRAINT pk_conversation_figures PRIMARY KEY (conversation_number),
    CONSTRAINT fk_conversation_figures_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE
);

CREATE INDEX ix_conversation_figures_recovery_recovery_wait_recovery_opened_at ON conversation_figures (recovery, recovery_wait, recovery_opened_at) WHERE recovery IS NOT NULL;
CREATE INDEX ix_conversation_figures_outside_cause ON conversation_figures (outside_cause) WHERE outside_cause <> '';

CREATE TABLE week_baselines (
    monday INTEGER NOT NULL,
    demo INTEGER NOT NULL,
    driver_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    alike TEXT NOT NULL,
    "of" INTEGER NOT NULL,
    hold_seconds INTEGER NOT NULL,
    friction INTEGER NOT NULL,
    CONSTRAINT pk_week_baselines PRIMARY KEY (monday, demo, driver_id, channel)
);

CREATE TABLE figure_days (
    day INTEGER NOT NULL,
    version INTEGER NOT NULL,
    packed BLOB NULL,
    CONSTRAINT pk_figure_days PRIMARY KEY (day)
);
