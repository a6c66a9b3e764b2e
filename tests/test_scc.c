/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the tables of SCCs and Pod Security Standards, and of a namespace's blocks. */
#include "kube/scc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
blocks(void **state)
{
	struct str text = STR("1000660000/10000, 5-9,7/1");
	int64_t from = 0, to = 0;

	(void)state;
	assert_true(scc_block(&text, &from, &to));
	assert_int_equal(from, 1000660000);
	assert_int_equal(to, 1000669999);
	assert_true(scc_block(&text, &from, &to));
	assert_int_equal(from, 5);
	assert_int_equal(to, 9);
	assert_true(scc_block(&text, &from, &to));
	assert_int_equal(from, 7);
	assert_int_equal(to, 7);
	assert_false(scc_block(&text, &from, &to));
}

static void
no_blocks(void **state)
{
	static const char *const texts[] = { "", "5", "5/0", "/5", "5/", "5-", "a/b", "5/99999999999", "-5/3", "5 / 3", "9-5" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct str text = str_of(texts[i]);
		int64_t from, to;

		assert_false(scc_block(&text, &from, &to));
	}
}

static void
names(void **state)
{
	const struct scc *scc;
	size_t n = 0;

	(void)state;
	for (; (scc = scc_at(n)); n++) {
		assert_ptr_equal(scc_find(str_of(scc->name)), scc);
		assert_false(scc->standard);
	}
	assert_int_equal(n, 13);
	assert_null(scc_find(STR("baseline")));
	assert_null(scc_find(STR("")));
	assert_null(scc_find(STR("restricted-v")));
	assert_true(scc_standard(STR("restricted"))->standard);
	assert_ptr_not_equal(scc_standard(STR("privileged")), scc_find(STR("privileged")));
	assert_null(scc_standard(STR("anyuid")));
}

/* whatever an SCC further up admits of the node, privileged does too, and it admits more than restricted */
static void
rights(void **state)
{
	const struct scc *restricted = scc_find(STR("restricted-v2")), *any = scc_find(STR("anyuid")), *all = scc_find(STR("privileged"));
	const struct scc *baseline = scc_standard(STR("baseline")), *scc;

	(void)state;
	for (size_t i = 0; (scc = scc_at(i)); i++) {
		assert_int_equal(scc->host & ~all->host, 0);
		assert_true(scc_may_mount(scc, STR("emptyDir")) && scc_may_mount(scc, STR("image")));
		assert_int_equal(scc_may_mount(scc, STR("iscsi")), scc == all);
	}
	assert_true(scc_may_add(restricted, STR("NET_BIND_SERVICE")));
	assert_false(scc_may_add(restricted, STR("NET_BIND")));
	assert_false(scc_may_add(restricted, STR("")));
	assert_false(scc_may_add(any, STR("NET_BIND_SERVICE")));
	assert_true(scc_may_add(all, STR("SYS_ADMIN")));
	assert_true(scc_may_add(baseline, STR("AUDIT_WRITE")) && scc_may_add(baseline, STR("SYS_CHROOT")));
	assert_false(scc_may_add(baseline, STR("NET_RAW")));
	assert_true(scc_may_mount(baseline, STR("iscsi")));
	assert_false(scc_may_mount(baseline, STR("hostPath")));
	assert_false(scc_may_mount(scc_standard(STR("restricted")), STR("image")));
	assert_true(scc_may_mount(scc_find(STR("hostmount-anyuid")), STR("nfs")));
	assert_false(scc_may_mount(scc_find(STR("hostaccess")), STR("nfs")));
	assert_true(scc_may_set_sysctl(restricted, STR("net.ipv4.tcp_syncookies")));
	assert_false(scc_may_set_sysctl(restricted, STR("kernel.msgmax")));
	assert_true(scc_may_set_sysctl(all, STR("kernel.msgmax")));
	assert_true(scc_may_label(baseline, STR("container_t")) && scc_may_label(baseline, STR("")));
	assert_false(scc_may_label(baseline, STR("spc_t")));
	assert_true(scc_for_everyone(restricted));
	assert_false(scc_for_everyone(any));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks),
		cmocka_unit_test(no_blocks),
		cmocka_unit_test(names),
		cmocka_unit_test(rights),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
