/** The look of a page that is read alone, with the two threads of the house: indigo for cash, hatched ochre for hours. */
export const pageCss = `
body{margin:0;font:16px/1.5 "Source Sans 3",system-ui,sans-serif;color:#1e2b3c;background:#f4f5f9}
main{max-width:70rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.8rem;line-height:1.2;margin:.5rem 0}
h2{font-size:1.25rem;margin:0 0 .75rem}
.lead{max-width:48rem}
.thread{height:6px;background:repeating-linear-gradient(90deg,#27348b 0 28px,#c2571a 28px 42px)}
section:not(.scroll),.facts>div{background:#fff;border:1px solid #d5d9e2;border-radius:6px;padding:1rem}
section:not(.scroll){margin-top:1.25rem}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.75rem;margin:1.25rem 0}
.facts dt,.origin{color:#4a5565}
.facts dd{margin:0;font-size:1.25rem;font-weight:650;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.facts .origin{font-size:.875rem;font-weight:400}
.facts .simulated{border-style:dashed;border-color:#c2571a}
.chart{width:100%;height:auto}
.scroll{overflow-x:auto;max-height:40rem}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:#4a5565;padding-bottom:.5rem}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #e3e6ec;vertical-align:top}
.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
summary{cursor:pointer}
details p{margin:.35rem 0;max-width:40rem}
footer{margin-top:1.5rem;color:#4a5565;font-size:.875rem;overflow-wrap:anywhere}
@media print{body{background:#fff}.scroll{max-height:none}section{break-inside:avoid-page}}
`
