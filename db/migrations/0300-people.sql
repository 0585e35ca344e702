-- How a session was opened, and since when its person has proved a second factor.
alter table sessions
  add column entered_by text not null default 'link'
    check (entered_by in ('link', 'passkey', 'provider', 'demo')),
  -- Whoever has a second factor shows it before anything else, whatever their role.
  add column awaits_code boolean not null default false,
  add column proven_at timestamptz,
  add column last_seen_at timestamptz not null default now(),
  -- Sealed: needed once, to sign out at the provider too.
  add column provider_token text;

-- One authenticator application a person. Sealed with a key drawn from METIS_SECRET.
create table second_factors (
  person_id uuid primary key references people on delete cascade,
  sealed_secret text not null,
  confirmed_at timestamptz,
  -- A code is good once (RFC 6238, 5.2): the step of the last one taken.
  last_step bigint not null default 0,
  created_at timestamptz not null default now()
);
-- 80 bits of chance each: a plain digest cannot be guessed back.
create table recovery_codes (
  person_id uuid not null references second_factors on delete cascade,
  code_sha256 text not null check (code_sha256 ~ '^[0-9a-f]{64}$'),
  used_at timestamptz,
  primary key (person_id, code_sha256)
);
create table passkeys (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  credential_id text not null unique,
  name text not null check (length(name) between 1 and 80),
  public_key bytea not null,
  counter bigint not null default 0,
  transports text not null default '',
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index on passkeys (person_id);

-- Tries at a door, counted in a window. Whose they are is a keyed digest: no address is kept here.
create table door_tries (
  door text not null,
  subject text not null check (subject ~ '^[0-9a-f]{64}$'),
  window_from timestamptz not null,
  tries integer not null check (tries > 0),
  primary key (door, subject)
);
create index on door_tries (window_from);

-- One account at a provider leads to one person.
create unique index on sign_in_accounts (provider_id, account_id);

-- The application role never sees how people sign in.
revoke all on second_factors, recovery_codes, passkeys, door_tries from metis_app;
