{{- define "sluice.frontend.args" -}}
{{ include "sluice.routers" . }}
- --sluice.drain.grace={{ .Values.frontend.graceSeconds }}s
- --sluice.drain.stream-limit={{ .Values.frontend.drainSeconds }}s
- --sluice.frontend.grpc.enabled={{ .Values.frontend.grpc }}
- --sluice.frontend.flight.enabled={{ .Values.frontend.flight }}
- --sluice.frontend.zmq.enabled={{ .Values.frontend.zeromq }}
{{- if .Values.frontend.access.keysSecret }}
- --sluice.access.keys-file=/run/access/{{ .Values.frontend.access.keysSecretKey }}
{{- else if .Values.frontend.access.open }}
- --sluice.access.open=true
{{- else if not (or (regexMatch "sluice\\.access\\." (toJson .Values.frontend.settings)) .Values.frontend.env .Values.frontend.envFrom) }}
{{- fail "Nobody is said to be allowed to call. Set frontend.access.keysSecret, sluice.access.* in frontend.settings, or frontend.access.open=true for all who reach a frontend." }}
{{- end }}
{{- end -}}

{{- define "sluice.frontend.mounts" -}}
{{- if .Values.frontend.access.keysSecret }}
- {name: access, mountPath: /run/access, readOnly: true}
{{- end }}
{{- end -}}

{{- define "sluice.frontend.volumes" -}}
{{- with .Values.frontend.access }}
{{- if .keysSecret }}
- name: access
  secret:
    secretName: {{ .keysSecret }}
    defaultMode: 0440
    items: [{key: {{ .keysSecretKey }}, path: {{ .keysSecretKey }}}]
{{- end }}
{{- end }}
{{- end -}}

{{/* Name and number of what frontends serve, as a dictionary. */}}
{{- define "sluice.frontend.served" -}}
http: 8080
{{- if .Values.frontend.grpc }}
grpc: 8001
{{- end }}
{{- if .Values.frontend.flight }}
flight: 8815
{{- end }}
{{- if .Values.frontend.zeromq }}
zeromq: 5555
{{- end }}
{{- end -}}

{{- define "sluice.frontend.ports" -}}
{{- range $name, $port := include "sluice.frontend.served" . | fromYaml }}
- {name: {{ $name }}, containerPort: {{ $port }}}
{{- end }}
{{- end -}}
