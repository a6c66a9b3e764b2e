/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a program and prints what it cost: wall and processor time in microseconds, peak memory in KiB, exit status.
   Small, because Linux counts the memory of whoever starts a program as the program's own peak: Python's would hide ours. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static int
fail(const char *what)
{
	fprintf(stderr, "bench-run: %s: %s\n", what, strerror(errno));
	return 1;
}

static long long
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static long long
micros(struct timeval t)
{
	return t.tv_sec * 1000000LL + t.tv_usec;
}

/* a process that sends the file into a pipe, as Helm would; the end to read from, or -1 */
static int
feed(int file)
{
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0 || (pid = fork()) < 0) {
		return -1;
	}
	if (pid == 0) {
		ssize_t sent;

		close(ends[0]);
		do {
			sent = sendfile(ends[1], file, NULL, 1 << 20);
		} while (sent > 0 || (sent < 0 && errno == EINTR));
		_exit(sent < 0);
	}
	close(ends[1]);
	return ends[0];
}

int
main(int argc, char **argv)
{
	posix_spawn_file_actions_t actions;
	struct rusage used;
	long long began;
	int in, out, status, error;
	pid_t pid;

	if (argc < 5 || (strcmp(argv[1], "file") != 0 && strcmp(argv[1], "pipe") != 0)) {
		fputs("usage: bench-run file|pipe INPUT OUTPUT COMMAND [ARG...]\n", stderr);
		return 2;
	}
	in = open(argv[2], O_RDONLY | O_CLOEXEC);
	if (in < 0) {
		return fail(argv[2]);
	}
	out = open(argv[3], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (out < 0) {
		return fail(argv[3]);
	}
	if (strcmp(argv[1], "pipe") == 0) {
		in = feed(in);
		if (in < 0) {
			return fail("pipe");
		}
	}
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	began = now();
	error = posix_spawnp(&pid, argv[4], &actions, NULL, argv + 4, environ);
	if (error != 0) {
		errno = error;
		return fail(argv[4]);
	}
	while (wait4(pid, &status, 0, &used) < 0) {
		if (errno != EINTR) {
			return fail("wait");
		}
	}
	printf("%lld %lld %ld %d\n", now() - began, micros(used.ru_utime) + micros(used.ru_stime), used.ru_maxrss,
		WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return 0;
}
