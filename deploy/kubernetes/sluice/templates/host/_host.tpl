{{/* Where what needs no code lies: in the folder of actors, as the image expects it, unless jars are mounted there. */}}
{{- define "sluice.host.folder" -}}
{{- if .Values.host.actors -}}/served{{- else -}}/actors{{- end -}}
{{- end -}}

{{- define "sluice.host.args" -}}
{{ include "sluice.routers" . }}
- --sluice.host.slots={{ .Values.host.slots }}
- --sluice.host.drain-timeout={{ .Values.host.drainSeconds }}s
{{- $folder := include "sluice.host.folder" . }}
{{- if .Values.host.models }}
- --sluice.host.models.dir={{ $folder }}/models
{{- end }}
{{- if .Values.host.sql }}
- --sluice.host.sql.dir={{ $folder }}/sql
{{- end }}
{{- if .Values.host.data }}
- --sluice.host.sql.data-dir={{ $folder }}/data
{{- end }}
{{- end -}}

{{- define "sluice.host.env" -}}
{{- if .Values.host.application }}
- name: SPRING_CONFIG_ADDITIONAL_LOCATION
  value: optional:file:/actors/,file:/config/
{{- end }}
{{- end -}}

{{- define "sluice.host.mounts" -}}
{{- $folder := include "sluice.host.folder" . }}
{{- if .Values.host.actors }}
- {name: actors, mountPath: /actors, readOnly: true}
{{- end }}
{{- if .Values.host.models }}
- {name: models, mountPath: {{ $folder }}/models, readOnly: true}
{{- end }}
{{- if .Values.host.sql }}
- {name: sql, mountPath: {{ $folder }}/sql, readOnly: true}
{{- end }}
{{- if .Values.host.data }}
- {name: data, mountPath: {{ $folder }}/data, readOnly: true}
{{- end }}
{{- if .Values.host.application }}
- {name: application, mountPath: /config, readOnly: true}
{{- end }}
{{- end -}}

{{- define "sluice.host.volumes" -}}
{{- range $name := list "actors" "models" "data" }}
{{- with get $.Values.host $name }}
- name: {{ $name }}
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- if .Values.host.sql }}
- {name: sql, configMap: {name: {{ include "sluice.fullname" . }}-sql}}
{{- end }}
{{- if .Values.host.application }}
- {name: application, configMap: {name: {{ include "sluice.fullname" . }}-host}}
{{- end }}
{{- end -}}
