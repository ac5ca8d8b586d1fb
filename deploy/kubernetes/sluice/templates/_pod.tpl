{{/*
The template of a tier's pods: all that the tiers share.
  root, tier    of which values are taken
  phase         seconds that Spring gives each phase of the stop; the pod is given 20 more
  ports         of the container beside the management port
  args          of the service, before the user's own
  tmp           how much may lie in /tmp
  env, mounts, volumes    beside the usual ones; may be left out
  checksums     of what pods read only when they start
*/}}
{{- define "sluice.pod" -}}
{{- $root := .root -}}
{{- $values := get $root.Values .tier -}}
{{- range $key, $value := $values.settings }}
{{- if contains (printf "--%s=" $key) (printf "--spring.lifecycle.timeout-per-shutdown-phase=%s" $.args) }}
{{- fail (printf "%s.settings has %s, which the chart sets by a value of its own: see values.yaml." $.tier $key) }}
{{- end }}
{{- end -}}
metadata:
  labels:
    {{- include "sluice.selector" . | nindent 4 }}
  {{- with merge (dict) $values.podAnnotations (.checksums | default dict) }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "sluice.fullname" $root }}-{{ .tier }}
  automountServiceAccountToken: {{ and (eq $root.Values.discovery.kind "kubernetes") (ne .tier "router") }}
  # Variables such as SLUICE_ROUTER_PORT=tcp://... would be read as settings.
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ add .phase 20 }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile: {type: RuntimeDefault}
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  topologySpreadConstraints:
    {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - topologyKey: {{ . }}
      maxSkew: 1
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "sluice.selector" $ | nindent 10 }}
      matchLabelKeys: [{{ eq $.tier "router" | ternary "controller-revision-hash" "pod-template-hash" }}]
    {{- end }}
  containers:
    - name: {{ .tier }}
      image: {{ include "sluice.image" . }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      args:
        - --spring.lifecycle.timeout-per-shutdown-phase={{ .phase }}s
        {{- trim .args | nindent 8 }}
        {{- with include "sluice.settings" $values.settings }}
        {{- trim . | nindent 8 }}
        {{- end }}
      env:
        # What logs, alerts and `sluice hosts` call it.
        - name: SLUICE_NODE_ID
          valueFrom: {fieldRef: {fieldPath: metadata.name}}
        - name: SLUICE_MANAGEMENT_SECRET
          valueFrom: {secretKeyRef: {name: {{ include "sluice.scrapeSecret" $root }}, key: {{ $root.Values.monitoring.scrapeSecret.key }}}}
        {{- with $values.javaOpts }}
        - name: SLUICE_SERVICE_JAVA_OPTS
          value: {{ . | quote }}
        {{- end }}
        {{- with .env }}
        {{- trim . | nindent 8 }}
        {{- end }}
        {{- with $values.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with $values.envFrom }}
      envFrom:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      ports:
        {{- with .ports }}
        {{- trim . | nindent 8 }}
        {{- end }}
        - {name: management, containerPort: 9100}
      # Three minutes for a start from a cold disk; only then may liveness end it.
      startupProbe:
        httpGet: {path: /actuator/health/liveness, port: management}
        periodSeconds: 2
        timeoutSeconds: 2
        failureThreshold: 90
      livenessProbe:
        httpGet: {path: /actuator/health/liveness, port: management}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet: {path: /actuator/health/readiness, port: management}
        periodSeconds: 2
        timeoutSeconds: 2
        failureThreshold: 2
      resources:
        {{- toYaml $values.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: {drop: [ALL]}
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
        # The folder where the image looks for the secret.
        - {name: cluster-secret, mountPath: /run/sluice, readOnly: true}
        {{- with .mounts }}
        {{- trim . | nindent 8 }}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: {sizeLimit: {{ .tmp }}}
    - name: cluster-secret
      secret:
        secretName: {{ include "sluice.clusterSecret" $root }}
        defaultMode: 0440
        items: [{key: {{ $root.Values.clusterSecret.key }}, path: cluster-secret}]
    {{- with .volumes }}
    {{- trim . | nindent 4 }}
    {{- end }}
{{- end -}}
