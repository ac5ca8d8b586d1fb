{{- define "sluice.router.args" -}}
- --sluice.router.drain-timeout={{ .Values.router.drainSeconds }}s
- --sluice.fleet.store={{ .Values.store.kind }}
{{- if eq .Values.store.kind "redis" }}
{{- $redis := .Values.store.redis }}
- --spring.data.redis.host={{ default (printf "%s-store" (include "sluice.fullname" .)) $redis.host }}
- --spring.data.redis.port={{ empty $redis.host | ternary 6379 $redis.port }}
{{- if $redis.tls }}
- --spring.data.redis.ssl.enabled=true
{{- end }}
{{- end }}
{{- if eq .Values.discovery.kind "kubernetes" }}
# A client that was built in asks nothing: routers are found, and find nobody.
- --spring.main.cloud-platform=none
{{- end }}
{{- end -}}

{{- define "sluice.router.env" -}}
{{- if eq .Values.store.kind "redis" }}
{{- with include "sluice.redisSecret" . }}
- name: SPRING_DATA_REDIS_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ . }}, key: {{ $.Values.store.redis.passwordKey }}}}
{{- end }}
{{- end }}
{{- end -}}

{{- define "sluice.router.mounts" -}}
- {name: data, mountPath: /data}
{{- if .Values.router.actorsFile }}
- {name: actors-file, mountPath: /conf, readOnly: true}
{{- end }}
{{- end -}}

{{- define "sluice.router.volumes" -}}
{{- if eq .Values.store.kind "redis" }}
- {name: data, emptyDir: {sizeLimit: 16Mi}}
{{- end }}
{{- if .Values.router.actorsFile }}
- {name: actors-file, configMap: {name: {{ include "sluice.fullname" . }}-actors-file}}
{{- end }}
{{- end -}}
