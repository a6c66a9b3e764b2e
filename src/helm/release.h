/* SPDX-License-Identifier: Apache-2.0 */
/* How much room a release takes in the cluster. */
#ifndef WBRENDER_HELM_RELEASE_H
#define WBRENDER_HELM_RELEASE_H

#include "base/str.h"

/* bytes of data that a Secret may hold (k8s.io/api/core/v1, MaxSecretSize) */
enum { RELEASE_SECRET_BYTES = 1048576 };

/* At least how many bytes rendered manifests take in the Secret of their release: Helm keeps them there as JSON, compressed by gzip, in base64
   (helm.sh/helm/v4/pkg/storage/driver, encodeRelease). The chart itself comes on top. 0 where they are certain to fit. */
size_t release_size(struct str manifests);

#endif
