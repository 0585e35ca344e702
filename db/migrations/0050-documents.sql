-- Every PDF that METIS made: numbered, sealed by its digest, checkable by its code.
create table documents (
  territory_id uuid not null references territories,
  id uuid not null,
  kind text not null check (kind in ('deposit', 'council_pack', 'notice', 'grant_agreement', 'mission_agreement', 'gift_receipt')),
  -- Numbered without a gap by kind and year: 2027-0001.
  year integer not null,
  rank integer not null check (rank > 0),
  number text not null,
  subject_id uuid not null,
  title text not null,
  -- What the document says, so that it can be rendered again and checked.
  content jsonb not null,
  pdf bytea not null,
  sha256 text not null,
  verification_code text not null,
  made_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, kind, year, rank),
  unique (territory_id, kind, number),
  unique (territory_id, verification_code)
);
create index on documents (territory_id, subject_id);
call keep_in_territory('documents');
call write_once('documents');

-- A simple signature: who, in what capacity, on which bytes, when (eIDAS simple level).
create table signatures (
  territory_id uuid not null,
  document_id uuid not null,
  party text not null check (party in ('municipality', 'company', 'association', 'employee')),
  person_id uuid not null references people,
  signatory_name text not null,
  signatory_capacity text not null,
  document_sha256 text not null,
  signed_at timestamptz not null,
  primary key (territory_id, document_id, party),
  foreign key (territory_id, document_id) references documents
);
call keep_in_territory('signatures');
call write_once('signatures');
