CREATE TABLE "link_decisions" (
	"workspace_id" text NOT NULL,
	"decision" bigint GENERATED ALWAYS AS IDENTITY (sequence name "link_decisions_decision_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"a" text NOT NULL,
	"b" text NOT NULL,
	"verdict" text NOT NULL,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "link_decisions_workspace_id_decision_pk" PRIMARY KEY("workspace_id","decision")
);
