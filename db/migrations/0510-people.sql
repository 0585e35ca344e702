-- A commune asks a company that it does not know yet to take part in its season: whoever accepts makes
-- it take part there. The company holds its own key; nobody is given it over the heads of those who do.
alter table invitations drop constraint invitations_kind_check;
alter table invitations add constraint invitations_kind_check
  check (kind in ('colleague', 'successor', 'reopening', 'mandate', 'partner'));
alter table invitations
  add column territory_id uuid references territories,
  add constraint a_partner_is_one_of_a_commune check ((kind = 'partner') = (territory_id is not null));
