-- Who did what, when. Written once; each row seals the one before.
create table journal (
  territory_id uuid not null references territories,
  seq bigint not null check (seq > 0),
  at timestamptz not null,
  person_id uuid references people,
  action text not null,
  subject_id uuid,
  details jsonb not null default '{}',
  previous_hash text not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (territory_id, seq),
  unique (territory_id, previous_hash)
);
call keep_in_territory('journal');
call write_once('journal');
