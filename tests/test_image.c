/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of kube/image: moved between registries. */
#include "base/arena.h"
#include "kube/image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
moved(const char *image, const char *from, const char *to, const char *wanted)
{
	struct arena a = { 0 };
	struct str out = image_move(&a, str_of(image), str_of(from), str_of(to));

	assert_string_equal(str_z(&a, out), wanted);
	out = image_move(&a, out, str_of(from), str_of(to));
	assert_string_equal(str_z(&a, out), wanted);
	arena_done(&a);
}

static void
written(void **state)
{
	(void)state;
	moved("docker.io/aedev/ui:5.7", "docker.io/aedev", "r.acme.example/aedev", "r.acme.example/aedev/ui:5.7");
	moved("docker.io/aedev/ui:5.7", "docker.io/aedev/", "r.acme.example/m/", "r.acme.example/m/ui:5.7");
	moved("docker.io/aedev2/ui", "docker.io/aedev", "r", "docker.io/aedev2/ui");
	moved("docker.io/aedev", "docker.io/aedev", "r", "docker.io/aedev");
	moved("reg:5000/a/b@sha256:00", "reg:5000/a", "r.io", "r.io/b@sha256:00");
	moved("quay.io/a/b", "docker.io", "r.io", "quay.io/a/b");
	moved("localhost/a", "docker.io", "r.io", "localhost/a");
	moved("", "docker.io", "r.io", "");
}

static void
implicit(void **state)
{
	(void)state;
	moved("aedev/ui:5", "docker.io/aedev", "r.io/x", "r.io/x/ui:5");
	moved("postgres:16.2", "docker.io/library", "r.io/x", "r.io/x/postgres:16.2");
	moved("postgres:16.2", "docker.io", "r.io", "r.io/library/postgres:16.2");
	moved("aedev/ui", "aedev", "r.io/x", "r.io/x/ui");
	moved("aedev/ui", "docker.io", "docker.io/mirror", "docker.io/mirror/aedev/ui");
}

/* Docker Hub has several names */
static void
hub(void **state)
{
	(void)state;
	moved("index.docker.io/aedev/ui:5", "docker.io/aedev", "r.io/x", "r.io/x/ui:5");
	moved("registry-1.docker.io/aedev/ui:5", "docker.io", "r.io", "r.io/aedev/ui:5");
	moved("docker.io/aedev/ui", "index.docker.io/aedev/", "r.io/x", "r.io/x/ui");
	moved("aedev/ui", "registry-1.docker.io", "r.io", "r.io/aedev/ui");
	moved("docker.io/aedev/ui", "aedev", "r.io/x", "r.io/x/ui");
	moved("docker.io/postgres:16.2", "docker.io", "r.io", "r.io/library/postgres:16.2");
	moved("index.docker.io/postgres", "docker.io/library", "r.io", "r.io/postgres");
	moved("postgres:16.2", "docker.io/library/", "r.io", "r.io/postgres:16.2");
	moved("mirror.docker.io/aedev/ui", "docker.io", "r.io", "mirror.docker.io/aedev/ui");
	moved("localhost:5000", "docker.io", "r.io", "r.io/library/localhost:5000");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(written),
		cmocka_unit_test(implicit),
		cmocka_unit_test(hub),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
