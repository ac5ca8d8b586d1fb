{{/* The name that all others begin with. */}}
{{- define "sluice.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* (root, tier): what a tier's pods are selected by; never changes, since selectors cannot. */}}
{{- define "sluice.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .tier }}
{{- end -}}

{{- define "sluice.labels" -}}
{{ include "sluice.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "sluice.image" -}}
{{- $image := .root.Values.image -}}
{{- $tag := coalesce (get .root.Values .tier).tag $image.tag .root.Chart.AppVersion -}}
{{- $name := printf "%s:%s" (get $image .tier) $tag -}}
{{- if $image.registry -}}{{ trimSuffix "/" $image.registry }}/{{ end -}}{{ $name }}
{{- end -}}

{{- define "sluice.clusterSecret" -}}
{{- default (printf "%s-cluster" (include "sluice.fullname" .)) .Values.clusterSecret.existingSecret -}}
{{- end -}}

{{/* The Secret that opens Actuator and nothing else. */}}
{{- define "sluice.scrapeSecret" -}}
{{- default (printf "%s-scrape" (include "sluice.fullname" .)) .Values.monitoring.scrapeSecret.existingSecret -}}
{{- end -}}

{{/* Whether the chart brings the Redis. */}}
{{- define "sluice.ownRedis" -}}
{{- if and (eq .Values.store.kind "redis") (not .Values.store.redis.host) -}}yes{{- end -}}
{{- end -}}

{{/* The Secret with the password of Redis, where there is one. */}}
{{- define "sluice.redisSecret" -}}
{{- if .Values.store.redis.existingSecret -}}
{{- .Values.store.redis.existingSecret -}}
{{- else if include "sluice.ownRedis" . -}}
{{- include "sluice.fullname" . }}-store
{{- end -}}
{{- end -}}

{{/* How frontends and hosts find routers, as arguments. */}}
{{- define "sluice.routers" -}}
{{- $service := printf "%s-router" (include "sluice.fullname" .) -}}
{{- if eq .Values.discovery.kind "kubernetes" -}}
- --sluice.discovery.service-id={{ $service }}
- --spring.cloud.kubernetes.discovery.primary-port-name=link
{{- else -}}
- --sluice.routers=http://{{ $service }}:7000
{{- end -}}
{{- end -}}

{{/* Settings of a tier as arguments. Numbers as JSON has them: Go would write 1e+06. */}}
{{- define "sluice.settings" -}}
{{- range $key, $value := . }}
- {{ printf "--%s=%s" $key (kindIs "string" $value | ternary $value (toJson $value)) | quote }}
{{- end -}}
{{- end -}}

{{/* Drawn at the first install, and the same from then on. (root, name, key) */}}
{{- define "sluice.drawn" -}}
{{- $there := lookup "v1" "Secret" .root.Release.Namespace .name -}}
{{- if and $there (hasKey ($there.data | default dict) .key) -}}
{{- index $there.data .key -}}
{{- else -}}
{{- randAlphaNum 43 | b64enc -}}
{{- end -}}
{{- end -}}
