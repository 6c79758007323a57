/** The alerts of `deploy/kubernetes/monitoring`. */
import { build } from './kustomize.ts';

export interface Alert {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string };
}

export const readAlerts = (): Alert[] =>
  build('deploy/kubernetes/monitoring')
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap(({ spec }) => (spec as { groups: { rules: Alert[] }[] }).groups)
    .flatMap(({ rules }) => rules);
