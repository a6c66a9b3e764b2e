/* SPDX-License-Identifier: Apache-2.0 */
/* What findings hide: values of keys that look secret, the data of Secrets, and what a broken quote leaves open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/secret.h"
#include "report/text.h"

#include <string.h>

struct fixture {
	struct arena arena;
	struct diags diags;
	struct source src;
};

static void
init(struct fixture *f, const char *name, struct str text)
{
	f->arena = (struct arena){ 0 };
	diags_init(&f->diags, &f->arena);
	source_init(&f->src, &f->arena, name, text);
}

static const char *
built(struct fixture *f, struct report_style style)
{
	return str_z(&f->arena, report_build(&f->diags, &style));
}

static void
test_secret_keys(void **state)
{
	static const char *const secret[] = { "password", "truststore_password", "clientSecret", "API_KEY", "token", "db.passwd",
		"AWS_SECRET_ACCESS_KEY", "postgres-password", "DB_PWD", "registryCredentials", ".dockerconfigjson", "minio-secret-key" };
	static const char *const open[] = { "", "secretName", "truststore_secret", "imagePullSecrets", "existingSecret", "tokenUrl",
		"secretKeyRef", "passthrough", "hostname", "key", "maxTokens", "automountServiceAccountToken", "compass2",
		"checksum/secret", "existingSecretPasswordKey", "secretKeys" };

	(void)state;
	for (size_t i = 0; i < sizeof(secret) / sizeof(secret[0]); i++) {
		assert_true(secret_key(str_of(secret[i])));
	}
	for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++) {
		assert_false(secret_key(str_of(open[i])));
	}
}

/* each text holds HUSH where it must not be shown, and the place is at @ or at the text's begin */
static void
test_masks(void **state)
{
	static const struct {
		const char *text, *shown;
	} cases[] = {
		{ "@truststore_password: HUSH", "truststore_password: ***" },
		{ "password: 'HUSH ''HUSH' # @why", "password: *** # why" },
		{ "  - @password: HUSH", "  - password: ***" },
		{ "{@user: x, password: HUSH, port: 1}", "{user: x, password: ***, port: 1}" },
		{ "{\"token\":\"HU\\\"SHHUSH\",@\"port\":1}", "{\"token\":***,\"port\":1}" },
		{ "password: @HUSH: b", "password: ***" },
		{ "password: |\n  one\n  @HUSH: x\n", "  ***" },
		{ "a:\n- privateKey: >-\n    one\n\n      HUSH: 1\n    @HUSH\n", "    ***" },
		{ "a_secret: |\n  b:\n    @c: HUSH\n", "    ***" },
		{ "apiKeys:\n- @HUSH\n", "- ***" },
		{ "password: \"a\n  @HUSH\"\n", "  ***" },
		/* what is not closed cleanly may go on */
		{ "@truststore_password: \"HUSH\"HUSH # why", "truststore_password: ***" },
		{ "@password: 'HUSH' HUSH: x", "password: ***" },
		{ "@password: \"HUSH # HUSH", "password: ***" },
		{ "@password: !!str \"HUSH # HUSH\" # why", "password: *** # why" },
		{ "{@password: \"HUSH\"HUSH, port: 1}", "{password: ***" },
		{ "env:\n- name: DB_PASSWORD\n  @value: HUSH\n", "  value: ***" },
		{ "env:\n- @value: \"HUSH\"\n  name: 'DB_PASSWORD'\n", "- value: ***" },
		/* a password in place of the variable's name, and what is not only a pointer to a secret */
		{ "password: {@env: \"HUSH HUSH\"}", "password: ***" },
		{ "password: {@env: HU-SH, a: HUSH}", "password: ***" },
		{ "password: {@env: NAME, a: HUSH}", "password: ***" },
		{ "password: {@user: HUSH, env: NAME}", "password: ***" },
		{ "password: {@file: HUSH", "password: ***" },
		{ "password:\n  @env: HUSH!\n", "  env: ***" },
		/* nothing to hide */
		{ "password: {@env: NAME_1}", "password: {env: NAME_1}" },
		{ "{@password: { 'env' : \"NAME\" }, token: HUSH}", "{password: { 'env' : \"NAME\" }, token: ***}" },
		{ "password: {@file: /run/pw.txt}", "password: {file: /run/pw.txt}" },
		{ "password:\n  @env: NAME\n", "  env: NAME" },
		{ "user:\n  @env: a-b\n", "  env: a-b" },
		{ "env:\n- name: DB_HOST\n  @value: x\n", "  value: x" },
		{ "@secretName: x", "secretName: x" },
		{ "password: @", "password: " },
		{ "password: @|", "password: |" },
		{ "password: @null", "password: null" },
		{ "password:\n  @min: 8\n", "  min: 8" },
		{ "- token: HUSH\n  @other: x\n", "  other: x" },
		{ "password: HUSH\n@b: c\n", "b: c" },
		{ "@a: http://x:80/token:1", "a: http://x:80/token:1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture f;
		struct buf b = { 0 };
		struct str text = str_of(cases[i].text);
		size_t at = str_find(text, '@', 0);
		const char *out, *line;

		init(&f, "f", STR(""));
		b.arena = &f.arena;
		buf_add(&b, str_slice(text, 0, at));
		buf_add(&b, str_slice(text, at + 1, text.n));
		source_init(&f.src, &f.arena, "f", buf_str(&b));
		diag_add(&f.diags, DIAG_ERROR, "x", &f.src, (struct span){ at, 1 }, "bad");
		out = built(&f, (struct report_style){ 0 });
		assert_null(strstr(out, "HUSH"));
		line = strstr(out, " | ") + 3;
		assert_string_equal(arena_printf(&f.arena, "%.*s", (int)strcspn(line, "\n"), line), cases[i].shown);
		arena_done(&f.arena);
	}
}

/* Each text is a stream with Secrets: HUSH is never shown, wherever the place is, and the line of @ is shown as wanted. */
static void
test_data_of_secrets(void **state)
{
	static const struct {
		const char *text, *shown;
	} cases[] = {
		{ "kind: Secret\ndata:\n  @a: HUSH\n", "  a: ***" },
		{ "data:\n  @a: HUSH\nkind: Secret\n", "  a: ***" },
		{ "kind: \"Secret\" # x\nstringData:\n  @a: HUSH x: HUSH\n", "  a: ***" },
		{ "kind: Secret\nstringData:\n  @a: \"HUSH\"HUSH\n", "  a: ***" },
		{ "kind: Secret\nstringData:\n  a: \"HUSH\n HUSH\nHUSH\"\n@type: x\n", "type: x" },
		{ "kind: Secret\nstringData:\n  a: \"HUSH\ntype: HUSH\n@immutable: HUSH", "***" },
		{ "kind: Secret\nstringData:\n  a: |\n    @HUSH: x\n", "    ***" },
		{ "kind: Secret\nstringData:\n  a: |\n-----BEGIN HUSH\n@HUSH\n-----END HUSH\ntype: x", "***" },
		{ "kind: Secret\nstringData:\n  a: HUSH\n b: HUSH\n\t@c: HUSH\n", "\t***" },
		{ "kind: Secret\nstringData:\n  a: |\n@user: HUSH\n", "***" },
		{ "kind: Secret\ndata:\n  a:\n    HUSH\n  ? b\n  : HUSH\n  @c: null\n", "  c: null" },
		{ "\xEF\xBB\xBF" "data:\n  kind: HUSH\n  @type: HUSH\nkind: Secret\n", "  type: ***" },
		{ "\"kind\": 'Secret'\n\"data\":\n @a: HUSH\n", " a: ***" },
		{ "kind: !!str Secret\r\ndata:\r\n  @a: HUSH\r\n", "  a: ***" },
		{ "kind: Secret\rdata:\r  @a: HUSH\rtype: x\r", "  a: ***" },
		{ "kind: Secret\ndata: !!map &x\n  @a: HUSH\n", "  a: ***" },
		{ "kind: Secret\n? data\n: @a: HUSH\n  b: HUSH\n", ": ***" },
		{ "kind: Secret\n@data: HUSH\n", "data: ***" },
		{ "kind: Secret\ndata:\n- @a: HUSH\n- HUSH\n", "- a: ***" },
		/* in flow style */
		{ "{kind: Secret, @data: {a: HUSH, \"b\": \"HUSH\", c: {d: HUSH}}, type: x}", "{kind: Secret, data: {a: ***, \"b\": ***, c: ***}, type: x}" },
		{ "{\"data\":{\"a\":\"HUSH\",@\"b\":[\"HUSH\"]},\"kind\":\"Secret\"}", "{\"data\":{\"a\":***,\"b\":***},\"kind\":\"Secret\"}" },
		{ "{\n  \"data\": {\n    @\"a\": \"HUSH\",\n    \"b\": \"HUSH\"\n  },\n  \"kind\": \"Secret\"\n}", "    \"a\": ***," },
		{ "{\n  \"data\":\n  {\n    @\"a\":\n    \"HUSH\"\n  },\n  \"kind\": \"Secret\"\n}", "    \"a\":" },
		{ "kind: Secret\ndata: {@a: HUSH, b: \"HUSH\"HUSH, HUSH}\n", "data: {a: ***, b: ***, ***}" },
		{ "kind: Secret\ndata: {a: HUSH,\n  b: HUSH\n@type: HUSH\n", "***" },
		{ "kind: Secret\ndata: {a: \"HUSH,\n  @b: HUSH}\ntype: HUSH\n", "  ***" },
		{ "kind: Secret\ndata: [@HUSH, HUSH]\n", "data: [***, ***]" },
		{ "kind: Secret\ndata: {a: it's # HUSH\n  , @b: HUSH}\ntype: x\n", "  , b: ***}" },
		{ "{\"kind\":\"Secret\",\"data\":\"HUSH\",@\"type\":\"x\"}", "{\"kind\":\"Secret\",\"data\":***,\"type\":\"x\"}" },
		{ "kind: Secret\ndata:\n  a: |\n  HUSH\n  }  @HUSH: HUSH\n", "  ***" },
		{ "{\"kind\": \"Secret\", @\"data\": {\"a\": \"HUSH\", \"b\": }\"HUSH\", \"c\": ]\"HUSH\"}}",
			"{\"kind\": \"Secret\", \"data\": {\"a\": ***, \"b\": ***, \"c\": ***}}" },
		{ "{\"kind\": \"Secret\", \"data\": {\"a\": \"HUSH\"}\n  @\"b\": \"HUSH\"},\n \"type\": \"x\"}", "  ***}," },
		{ "{\"kind\": \"Secret\", \"data\": {\"a\": \"HUSH\"},\n  @\"b\": \"HUSH\"}}", "  \"b\": ***}}" },
		{ "kind: Secret\ndata: {\"a: HUSH, \"@b\": 'HUSH'}\n", "data: {***}" },
		/* in lists, and within texts */
		{ "kind: List\nitems:\n- kind: Secret\n  data:\n    a: HUSH\n- @kind: ConfigMap\n", "- kind: ConfigMap" },
		{ "items:\n- data:\n    @a: HUSH\n  kind: Secret\nkind: List\n", "    a: ***" },
		{ "items:\n- stringData:\n    a: HUSH\n b: HUSH\n  kind: Secret\n@metadata: {}\n", "metadata: {}" },
		{ "kind: SecretList\nitems:\n- data: {@a: HUSH}\n", "- data: {a: ***}" },
		{ "a: '{\"kind\":\"Secret\",@\"data\":{\"b\":\"HUSH\"}}'\n", "a: '{\"kind\":\"Secret\",\"data\":{\"b\":***}}'" },
		{ "a: \"{\\\"data\\\":{\\\"b\\\":\\\"HUSH\\\"},@\\\"kind\\\":\\\"Secret\\\"}\"\n",
			"a: \"{\\\"data\\\":{\\\"b\\\":***},\\\"kind\\\":\\\"Secret\\\"}\"" },
		{ "kind: ConfigMap\ndata: {a: x}\n---\nkind: Secret\ndata: {@a: HUSH}\n", "data: {a: ***}" },
		{ "--- {kind: Secret, @data: {a: HUSH}}\n--- x\n", "--- {kind: Secret, data: {a: ***}}" },
		/* nothing to hide */
		{ "kind: ConfigMap\ndata: {@a: x}\n---\nkind: Secret\ndata: {a: HUSH}\n", "data: {a: x}" },
		{ "kind: Secret\nmetadata:\n  @name: x\ndata:\n  a: HUSH\n", "  name: x" },
		{ "kind: ExternalSecret\ndata:\n  @a: x\n", "  a: x" },
		{ "kind: Secret\nmetadata: {@labels: {a: x}}\n", "metadata: {labels: {a: x}}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture f;
		struct buf b = { 0 };
		struct str text = str_of(cases[i].text);
		size_t at = str_find(text, '@', 0);
		const char *line;

		init(&f, "f", STR(""));
		b.arena = &f.arena;
		buf_add(&b, str_slice(text, 0, at));
		buf_add(&b, str_slice(text, at + 1, text.n));
		source_init(&f.src, &f.arena, "f", buf_str(&b));
		diag_add(&f.diags, DIAG_ERROR, "x", &f.src, (struct span){ at, 1 }, "bad");
		line = strstr(built(&f, (struct report_style){ 0 }), " | ") + 3;
		assert_string_equal(arena_printf(&f.arena, "%.*s", (int)strcspn(line, "\n"), line), cases[i].shown);
		for (at = 0; at <= b.n; at++) {
			diag_add(&f.diags, DIAG_ERROR, "x", &f.src, (struct span){ at, 1 }, "bad");
		}
		assert_null(strstr(built(&f, (struct report_style){ 0 }), "HUSH"));
		arena_done(&f.arena);
	}
}

static void
test_secret_in_a_cut_line(void **state)
{
	struct fixture f;
	struct buf b = { 0 };

	(void)state;
	for (size_t at = 0; at < 6000; at += 13) {
		init(&f, "f", STR(""));
		b = (struct buf){ .arena = &f.arena };
		buf_add(&b, STR("{a: "));
		buf_fill(&b, 'x', 1000);
		buf_add(&b, STR(", password: \""));
		buf_fill(&b, 'H', 2000);
		buf_add(&b, STR("\", b: "));
		buf_fill(&b, 'y', 2000);
		buf_add(&b, STR("}"));
		source_init(&f.src, &f.arena, "f", buf_str(&b));
		diag_add(&f.diags, DIAG_ERROR, "x", &f.src, (struct span){ at, 1 }, "bad");
		assert_null(strchr(built(&f, (struct report_style){ 0 }), 'H'));
		arena_done(&f.arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_secret_keys),
		cmocka_unit_test(test_masks),
		cmocka_unit_test(test_data_of_secrets),
		cmocka_unit_test(test_secret_in_a_cut_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
