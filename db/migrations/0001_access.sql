CREATE TABLE "api_tokens" (
	"workspace_id" text NOT NULL,
	"token" uuid NOT NULL,
	"name" text NOT NULL,
	"member" uuid NOT NULL,
	"hash" "bytea" NOT NULL,
	"prefix" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"last_used_at" timestamptz(3),
	"revoked_at" timestamptz(3),
	CONSTRAINT "api_tokens_workspace_id_token_pk" PRIMARY KEY("workspace_id","token")
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"workspace_id" text NOT NULL,
	"entry" bigint GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_entry_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamptz(3) DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"address" text,
	"verb" text NOT NULL,
	"object" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "audit_entries_workspace_id_entry_pk" PRIMARY KEY("workspace_id","entry")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"workspace_id" text NOT NULL,
	"member" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"role" text NOT NULL,
	"customer" text,
	"issuer" text,
	"subject" text,
	"by_provider" boolean DEFAULT false NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"ends_at" timestamptz(3),
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "members_workspace_id_member_pk" PRIMARY KEY("workspace_id","member")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"workspace_id" text NOT NULL,
	"session" uuid NOT NULL,
	"member" uuid NOT NULL,
	"hash" "bytea" NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"last_seen_at" timestamptz(3) NOT NULL,
	"revoked_at" timestamptz(3),
	"address" text,
	"agent" text,
	"provider_session" text,
	"refresh_token" "bytea",
	"checked_at" timestamptz(3) NOT NULL,
	CONSTRAINT "sessions_workspace_id_session_pk" PRIMARY KEY("workspace_id","session")
);
--> statement-breakpoint
CREATE TABLE "sign_in_links" (
	"workspace_id" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"member" uuid NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"used_at" timestamptz(3),
	CONSTRAINT "sign_in_links_workspace_id_hash_pk" PRIMARY KEY("workspace_id","hash")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_by_hash" ON "api_tokens" USING btree ("workspace_id","hash");--> statement-breakpoint
CREATE INDEX "audit_entries_by_tx" ON "audit_entries" USING btree ("workspace_id","tx");--> statement-breakpoint
CREATE UNIQUE INDEX "members_by_email" ON "members" USING btree ("workspace_id","email");--> statement-breakpoint
CREATE UNIQUE INDEX "members_by_subject" ON "members" USING btree ("workspace_id","issuer","subject");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_by_hash" ON "sessions" USING btree ("workspace_id","hash");--> statement-breakpoint
CREATE INDEX "sessions_by_member" ON "sessions" USING btree ("workspace_id","member");