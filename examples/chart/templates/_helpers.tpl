{{- /* SPDX-License-Identifier: Apache-2.0 */ -}}

{{- /* The middleware that differs in nothing but these words: one Deployment and one Service each. */ -}}
{{- define "workbench.middleware" -}}
auth-api:       {image: ae-auth-api, port: 8082, health: /health, cpu: 100m, memory: 512Mi}
auth-escrow:    {image: ae-auth-escrow, port: 8083, health: /health, cpu: 100m, memory: 256Mi}
docs:           {image: ae-docs, port: 8091, health: /, cpu: 50m, memory: 128Mi}
repository:     {image: ae-repository, port: 8089, health: /health, cpu: 250m, memory: 1Gi}
storage:        {image: ae-storage, port: 8086, health: /health, cpu: 100m, memory: 512Mi}
ui:             {image: ae-ui, port: 6990, health: /ping, cpu: 200m, memory: 512Mi}
{{- end -}}

{{- /* Labels of every object. */ -}}
{{- define "workbench.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{- /* An image: (list ROOT "ae-ui"). The server is joined as it stands. */ -}}
{{- define "workbench.image" -}}
{{- $root := index . 0 -}}
{{- printf "%s%s:%s" (default "" $root.Values.image.server) (index . 1) $root.Chart.AppVersion -}}
{{- end -}}

{{- /* image.pullSecrets as a list: nothing, one name or several. */ -}}
{{- define "workbench.pullSecrets" -}}
{{- $secrets := .Values.image.pullSecrets -}}
{{- if kindIs "string" $secrets }}{{ $secrets = compact (list $secrets) }}{{ end -}}
{{- range $secrets }}
- name: {{ . | quote }}
{{- end }}
{{- end -}}

{{- /* tolerations of a scope, after those for all pods: (list ROOT "system"). */ -}}
{{- define "workbench.tolerations" -}}
{{- $all := (index . 0).Values.tolerations -}}
{{- $both := concat (default list $all.global) (default list (index $all (index . 1))) -}}
{{- if $both }}{{ toYaml $both }}{{ end -}}
{{- end -}}

{{- /* Mappings laid over one another, the last one wins: (list A B ...). Nothing if all are empty. */ -}}
{{- define "workbench.over" -}}
{{- $sum := dict -}}
{{- range . }}{{ range $key, $value := . }}{{ $_ := set $sum $key $value }}{{ end }}{{ end -}}
{{- if $sum }}{{ toYaml $sum }}{{ end -}}
{{- end -}}

{{- /* affinity of a scope over that for all pods. */ -}}
{{- define "workbench.affinity" -}}
{{- $all := (index . 0).Values.affinity -}}
{{- include "workbench.over" (list $all.global (index $all (index . 1))) -}}
{{- end -}}

{{- /* The chart's own annotations of the master ingress. */ -}}
{{- define "workbench.masterAnnotations" -}}
nginx.org/mergeable-ingress-type: master
nginx.org/listen-ports-ssl: "443"
nginx.org/server-snippets: |
  location = /robots.txt {
    return 200 "User-agent: *\nDisallow: /\n";
  }
{{- if ne (include "workbench.ingressApi" .) "networking.k8s.io/v1" }}
kubernetes.io/ingress.class: {{ .Values.ingress.className | quote }}
{{- end }}
{{- end -}}

{{- /* What every pod spec begins with: (list ROOT "system"). */ -}}
{{- define "workbench.pod" -}}
{{- $root := index . 0 -}}
serviceAccountName: {{ $root.Values.serviceAccountName | quote }}
{{- with include "workbench.pullSecrets" $root }}
imagePullSecrets:
{{ trim . }}
{{- end }}
securityContext:
  runAsUser: {{ int64 $root.Values.uid }}
  runAsGroup: 0
  runAsNonRoot: true
{{- with include "workbench.tolerations" . }}
tolerations:
{{ . }}
{{- end }}
{{- with include "workbench.affinity" . }}
affinity:
  {{- . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /* API versions by the age of the cluster: Workbench runs from 1.15 on. */ -}}
{{- define "workbench.ingressApi" -}}
{{- if semverCompare ">=1.19-0" .Capabilities.KubeVersion.Version }}networking.k8s.io/v1{{ else }}networking.k8s.io/v1beta1{{ end -}}
{{- end -}}
{{- define "workbench.cronJobApi" -}}
{{- if semverCompare ">=1.21-0" .Capabilities.KubeVersion.Version }}batch/v1{{ else }}batch/v1beta1{{ end -}}
{{- end -}}
{{- define "workbench.disruptionApi" -}}
{{- if semverCompare ">=1.21-0" .Capabilities.KubeVersion.Version }}policy/v1{{ else }}policy/v1beta1{{ end -}}
{{- end -}}
