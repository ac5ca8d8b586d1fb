{{/* The head of the policy of a tier. It says both directions, so what is not listed is refused. */}}
{{- define "sluice.policy" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "sluice.fullname" .root }}-{{ .tier }}
  labels:
    {{- include "sluice.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "sluice.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
{{- end -}}

{{/* (root, tier): the pods of a tier as a peer, in the same namespace. */}}
{{- define "sluice.peer" -}}
- podSelector:
    matchLabels:
      {{- include "sluice.selector" . | nindent 6 }}
{{- end -}}

{{/* Probes come from the machine of the pod, which policies do not hold back. */}}
{{- define "sluice.monitored" -}}
{{- with .Values.networkPolicy.monitoring }}
- ports: [{port: management}]
  from:
    {{- toYaml . | nindent 4 }}
{{- end }}
{{- end -}}

{{/* To wherever names are looked up: a pod, or the machine's own cache. */}}
{{- define "sluice.names" -}}
- ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
{{- end -}}

{{- define "sluice.toRouters" -}}
- ports: [{port: 7000}]
  to:
    {{- include "sluice.peer" (dict "root" . "tier" "router") | nindent 4 }}
{{- if eq .Values.discovery.kind "kubernetes" }}
- ports:
    {{- range .Values.networkPolicy.api.ports }}
    - {port: {{ . }}}
    {{- end }}
  {{- with .Values.networkPolicy.api.peers }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end -}}
