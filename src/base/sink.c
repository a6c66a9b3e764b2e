/* SPDX-License-Identifier: Apache-2.0 */
/* Writes files through a temporary one beside them. */
#include "base/sink.h"

#include "base/arena.h"
#include "base/source.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int
write_all(int fd, struct str text)
{
	for (size_t at = 0; at < text.n;) {
		ssize_t n = write(fd, text.s + at, text.n - at);

		if (n < 0 && errno != EINTR) {
			return errno;
		}
		at += n > 0 ? (size_t)n : 0;
	}
	return 0;
}

static int
write_directly(const char *path, struct str text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), error;

	if (fd < 0) {
		return errno;
	}
	error = write_all(fd, text);
	if (close(fd) != 0 && error == 0) {
		error = errno;
	}
	return error;
}

/* the mode that a new file gets by itself */
static mode_t
usual_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* a new file beside the one of that path, with the text in it, its name in the buffer; wait: until it is on the disk; on error there is none */
static int
write_beside(const char *path, struct str text, mode_t mode, bool wait, struct buf *ret_name)
{
	int fd, error;

	buf_addf(ret_name, "%s.XXXXXX", path);
	buf_z(ret_name);
	fd = mkstemp(ret_name->s);
	if (fd < 0) {
		return errno;
	}
	error = write_all(fd, text);
	if (error == 0 && (fchmod(fd, mode) != 0 || (wait && fsync(fd) != 0))) {
		error = errno;
	}
	if (close(fd) != 0 && error == 0) {
		error = errno;
	}
	if (error != 0) {
		unlink(ret_name->s);
	}
	return error;
}

/* edit: the file may be an input */
static int
begin(struct arena *a, const char *path, struct str text, bool secret, bool later, bool edit, struct sink *ret)
{
	/* a link stays a link: what it names is replaced */
	char *real = realpath(path, NULL);
	struct buf temporary = { .arena = a };
	struct stat st;
	mode_t mode = secret ? 0600 : usual_mode();
	int error;

	*ret = (struct sink){ .path = path };
	if (real) {
		arena_own(a, real);
		ret->path = real;
	}
	if (stat(ret->path, &st) == 0) {
		if (!edit && source_is_input(&st)) {
			return SINK_INPUT;
		}
		if (!S_ISREG(st.st_mode)) {
			return S_ISDIR(st.st_mode) ? EISDIR : write_directly(ret->path, text);
		}
		mode = secret ? st.st_mode & 0600 : st.st_mode & 0777;
	}
	error = write_beside(ret->path, text, mode, !later, &temporary);
	if (error == 0) {
		ret->temporary = temporary.s;
	}
	return error;
}

int
sink_begin(struct arena *a, const char *path, struct str text, bool secret, bool later, struct sink *ret)
{
	return begin(a, path, text, secret, later, false, ret);
}

/* where the file system has no links; others may see half of the file meanwhile */
static int
create_directly(const char *path, struct str text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666), error;

	if (fd < 0) {
		return errno;
	}
	error = write_all(fd, text);
	if (close(fd) != 0 && error == 0) {
		error = errno;
	}
	if (error != 0) {
		unlink(path);
	}
	return error;
}

int
sink_create(struct arena *a, const char *path, struct str text)
{
	struct buf temporary = { .arena = a };
	int error = write_beside(path, text, usual_mode(), true, &temporary);

	if (error == 0) {
		/* unlike a renamed file, a linked one never takes the place of another */
		error = link(temporary.s, path) != 0 ? errno : 0;
		unlink(temporary.s);
	}
	return error == EPERM || error == ENOTSUP ? create_directly(path, text) : error;
}

enum { SYNC_THREADS = 16 };

struct share {
	struct sink *sinks;
	size_t from, n;
};

/* every SYNC_THREADS-th of them */
static void *
sync_share(void *p)
{
	const struct share *share = p;

	for (size_t i = share->from; i < share->n; i += SYNC_THREADS) {
		struct sink *s = &share->sinks[i];
		int fd = s->temporary ? open(s->temporary, O_RDONLY | O_CLOEXEC) : -1;

		if (s->temporary && (fd < 0 || fsync(fd) != 0)) {
			s->error = errno;
		}
		if (fd >= 0) {
			close(fd);
		}
	}
	return NULL;
}

void
sink_sync(struct sink *sinks, size_t n)
{
	struct share shares[SYNC_THREADS];
	pthread_t threads[SYNC_THREADS];
	bool started[SYNC_THREADS];

	for (size_t i = 0; i < SYNC_THREADS; i++) {
		shares[i] = (struct share){ sinks, i, n };
		started[i] = i > 0 && i < n && pthread_create(&threads[i], NULL, sync_share, &shares[i]) == 0;
	}
	for (size_t i = 0; i < SYNC_THREADS; i++) {
		if (!started[i]) {
			sync_share(&shares[i]);
		}
	}
	for (size_t i = 0; i < SYNC_THREADS; i++) {
		if (started[i]) {
			pthread_join(threads[i], NULL);
		}
	}
}

int
sink_end(struct sink *s)
{
	if (s->error == 0 && s->temporary && rename(s->temporary, s->path) != 0) {
		s->error = errno;
	}
	if (s->error != 0) {
		sink_drop(s);
	}
	return s->error;
}

void
sink_drop(struct sink *s)
{
	if (s->temporary) {
		unlink(s->temporary);
		s->temporary = NULL;
	}
}

int
sink_write(struct arena *a, const char *path, struct str text, bool secret)
{
	struct sink s;
	int error = begin(a, path, text, secret, false, false, &s);

	return error != 0 ? error : sink_end(&s);
}

int
sink_edit(struct arena *a, const char *path, struct str text, bool secret)
{
	struct sink s;
	int error = begin(a, path, text, secret, false, true, &s);

	return error != 0 ? error : sink_end(&s);
}

bool
sink_holds(struct arena *a, const char *path, struct str text, bool secret)
{
	struct source src;
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size == text.n && (!secret || (st.st_mode & 077) == 0)
		&& source_peek(&src, a, path) == 0 && str_eq(src.text, text);
}
