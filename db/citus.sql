-- Spreads the schema over the workers of a Citus cluster, in one go, once `metis migrate` has run on the
-- coordinator: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f db/citus.sql
--
-- Assumed (docs/decisions/0006-the-ledger-is-held-by-constraints.md):
-- * METIS speaks to the coordinator alone: the turns that writers of a commune take are advisory locks,
--   which live on the node asked. Without them, two writers at once are still refused by the constraints.
-- * Triggers run on the workers, on shards of another name: they address their own table by
--   tg_table_name or not at all, which a house test checks.
-- * The commune of a request reaches the workers by `set local`, propagated.
begin;
set local citus.enable_unsafe_triggers = on;
-- One after the other: common tables and their keys change in the same transaction.
set local citus.multi_shard_modify_mode = 'sequential';
do $$ begin
  execute format('alter database %I set citus.enable_unsafe_triggers = on', current_database());
  execute format('alter database %I set citus.propagate_set_commands = %L', current_database(), 'local');
end $$;

-- Common to all communes: a copy on every worker.
select create_reference_table('people');
select create_reference_table('sessions');
select create_reference_table('sign_in_accounts');
select create_reference_table('verifications');
select create_reference_table('second_factors');
select create_reference_table('recovery_codes');
select create_reference_table('passkeys');
select create_reference_table('door_tries');
select create_reference_table('organisations');
select create_reference_table('memberships');
select create_reference_table('invitations');
select create_reference_table('invitation_letters');
select create_reference_table('invitation_outcomes');
select create_reference_table('territories');
select create_reference_table('territory_organisations');
select create_reference_table('outbox');
select create_reference_table('outbox_take_backs');
select create_reference_table('check_runs');
select create_reference_table('seal_keys');
select create_reference_table('skill_families');

-- Each commune's rows together on one worker, those referred to first.
select create_distributed_table('idempotency_keys', 'territory_id');
select create_distributed_table('journal', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('journal_digests', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('grant_imports', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('grant_files', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('grant_remarks', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('baselines', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('ledger_accounts', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('ledger_entries', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('ledger_lines', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('documents', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('signatures', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('document_layers', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('signature_ceremonies', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('campaigns', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('campaign_states', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('envelopes', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('campaign_families', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('criteria', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('pledges', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('pledge_conditions', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('pledge_confirmations', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('pledge_expiries', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('pledge_reductions', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('pledge_withdrawals', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('applications', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('application_needs', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('data_keys', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('application_pieces', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('piece_scans', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('bank_accounts', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('application_deposits', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('application_answers', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('registry_checks', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('registry_answers', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('application_fields', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('application_set_asides', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('application_reminders', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('application_withdrawals', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('completeness_checks', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('completeness_answers', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('eligibility_checks', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('scores', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('opinions', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('declared_interests', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('scenarios', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('proposals', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('deliberations', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('awards', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('award_hours', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('award_hours_lapses', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('recusals', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('award_notices', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('grant_agreements', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('payments', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('notice_openings', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('award_answers', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('instalments', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('instalment_orders', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('instalment_payments', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('instalment_cancellations', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('report_drafts', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('report_steps', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('certified_reports', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('report_reminders', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('repayments', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('missions', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('mission_endings', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('candidacies', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('mission_agreements', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('timesheet_entries', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('timesheet_confirmations', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('timesheet_approvals', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('confirmation_links', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('confirmation_rounds', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('dispute_steps', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('timesheet_reversals', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('cost_prices', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('valuations', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('gift_receipts', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('receipt_cancellations', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('receipt_entries', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('impact_reports', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('publications', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('bulk_deeds', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('bulk_undoings', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('file_assignments', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('table_columns', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('review_drafts', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('file_notes', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('scoring_grids', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('scoring_grid_lines', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('review_settings', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('review_panels', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('mark_revisions', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('outside_requests', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('outside_opinions', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('outside_withdrawals', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('file_messages', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('employee_wishes', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('mission_details', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('answer_reminders', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('absence_links', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('calendar_feeds', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('pledge_files', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('pledge_file_lines', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('pledge_drafts', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('pledge_draft_answers', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('incidents', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('incident_steps', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('incident_reminders', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('mission_reviews', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('mission_shares', 'territory_id', colocate_with => 'idempotency_keys');
select create_distributed_table('review_requests', 'territory_id', colocate_with => 'idempotency_keys');
commit;
