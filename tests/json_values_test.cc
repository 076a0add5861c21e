// SPDX-License-Identifier: Apache-2.0
#include "../tools/bytes/json_values.h"
