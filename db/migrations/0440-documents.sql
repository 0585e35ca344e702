-- The key with which METIS seals the PDFs that leave it, and its certificate: one for the installation,
-- whose private half opens with the master key alone. Pages cannot even read this table.
create table seal_keys (
  version smallint primary key check (version > 0),
  certificate bytea not null,
  wrapped bytea not null,
  -- Which master key opens it: a digest, which tells nothing of the key.
  wrapped_by text not null,
  made_at timestamptz not null
);
revoke all on seal_keys from metis_app;

-- What was appended to a document's bytes, one after the other: a provider's signatures, then the seal.
-- The document itself never changes, and is the head of the file that its layers complete.
create table document_layers (
  territory_id uuid not null,
  document_id uuid not null,
  rank smallint not null check (rank > 0),
  made_by text not null check (made_by <> ''),
  bytes bytea not null,
  -- Of the whole file, this layer included.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  certificate_sha256 text not null check (certificate_sha256 ~ '^[0-9a-f]{64}$'),
  made_at timestamptz not null,
  primary key (territory_id, document_id, rank),
  foreign key (territory_id, document_id) references documents
);
call keep_in_territory('document_layers');
call write_once('document_layers');

-- A signature asked of a provider outside, from the press of the button to what came of it.
create table signature_ceremonies (
  territory_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  party text not null check (party in ('municipality', 'company', 'association', 'employee')),
  person_id uuid not null references people,
  -- In whose name, and as what, the person pressed the button.
  organisation_id uuid not null references organisations,
  role text not null,
  capacity text not null,
  provider text not null,
  asked_at timestamptz not null,
  state text not null check (state in
    ('asked', 'open', 'withdrawn', 'signed', 'refused', 'expired', 'cancelled', 'failed')),
  -- The provider's own name for it, and the page where the person signs.
  reference text,
  link text,
  -- Why nothing was signed, as a key of our texts.
  reason text,
  -- The provider's own evidence, as it gave it with its signature.
  evidence jsonb not null,
  ended_at timestamptz,
  primary key (territory_id, id),
  constraint an_end_has_a_moment check
    ((state in ('asked', 'open', 'withdrawn')) = (ended_at is null)),
  constraint an_open_one_has_a_reference check (state <> 'open' or reference is not null),
  foreign key (territory_id, document_id) references documents
);
-- One at a time: the next signatory signs the bytes that the one before has signed.
create unique index one_ceremony_at_a_time on signature_ceremonies (territory_id, document_id)
  where state in ('asked', 'open', 'withdrawn');
call keep_in_territory('signature_ceremonies');
revoke delete on signature_ceremonies from metis_app;
