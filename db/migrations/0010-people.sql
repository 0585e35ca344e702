-- Sign-in (the tables of better-auth, in our words). Global: a person may serve in several communes.
create table people (
  id uuid primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create table sessions (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on sessions (person_id);
create table sign_in_accounts (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text, refresh_token text, id_token text,
  access_token_expires_at timestamptz, refresh_token_expires_at timestamptz,
  scope text, password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create table verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on verifications (identifier);

-- Communes, companies, associations, operators. Global: a company pledges in several communes.
create table organisations (
  id uuid primary key,
  kind text not null check (kind in ('municipality', 'company', 'association', 'operator')),
  name text not null check (length(name) between 2 and 300),
  siren text check (siren ~ '^\d{9}$'),
  siret text check (siret ~ '^\d{14}$'),
  rna text check (rna ~ '^(W\d[A-Z0-9]\d{7}|0\d{3}00\d{4})$'),
  address text not null default '',
  purpose text not null default '',
  created_at timestamptz not null default now()
);
create unique index on organisations (siret) where siret is not null;
create unique index on organisations (rna) where rna is not null;

create table memberships (
  person_id uuid not null references people,
  organisation_id uuid not null references organisations,
  role text not null check (role in (
    'municipality.agent', 'municipality.elected',
    'company.csr', 'company.manager', 'company.employee',
    'association.representative', 'association.member', 'operator.staff')),
  since timestamptz not null default now(),
  ended_at timestamptz,
  primary key (person_id, organisation_id, role)
);
create index on memberships (organisation_id, role);

-- The tenants: one territory a commune.
create table territories (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,60}$'),
  name text not null,
  insee_code text not null check (insee_code ~ '^(\d{5}|2[AB]\d{3})$'),
  organisation_id uuid not null unique references organisations,
  created_at timestamptz not null default now()
);

-- Which associations and companies take part in which commune's season.
create table territory_organisations (
  territory_id uuid not null references territories,
  organisation_id uuid not null references organisations,
  since timestamptz not null default now(),
  primary key (territory_id, organisation_id)
);
create index on territory_organisations (organisation_id);

-- The application role never sees how people sign in.
revoke all on sessions, sign_in_accounts, verifications from metis_app;

-- Mail leaves from here after the transaction that caused it. Global: a sign-in has no commune.
create table outbox (
  id uuid primary key,
  recipient text not null,
  subject text not null,
  body text not null,
  written_at timestamptz not null default now(),
  sent_at timestamptz,
  attempts integer not null default 0,
  last_error text
);
create index on outbox (written_at) where sent_at is null;
revoke all on outbox from metis_app;
grant insert on outbox to metis_app;

-- A form or call sent twice is done once: the same key with another content is refused.
create table idempotency_keys (
  territory_id uuid not null references territories,
  key text not null check (length(key) between 8 and 100),
  payload_sha256 text not null,
  answer jsonb not null,
  written_at timestamptz not null default now(),
  primary key (territory_id, key)
);
call keep_in_territory('idempotency_keys');
