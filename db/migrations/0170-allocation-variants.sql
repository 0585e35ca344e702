-- The scenario beside which another was made: what changed is told between the two.
alter table scenarios add column variant_of uuid;
alter table scenarios add foreign key (territory_id, variant_of) references scenarios;

-- The file that anyone recomputes carries names only when the commune said so.
alter table publications add column has_names boolean not null default false;
