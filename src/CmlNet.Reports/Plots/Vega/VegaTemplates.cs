namespace CmlNet.Reports.Plots.Vega;

/// <summary>Vega-Lite specifications that draw what DVC's nine built-in templates draw, with the same anchors. Colour is the revision, dash the field.</summary>
public static class VegaTemplates
{
    private const string Head = """
        {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "data": {"values": "<DVC_METRIC_DATA>"}, "title": "<DVC_METRIC_TITLE>", "width": 300, "height": 300,
        """;

    private const string Lines = """
        "encoding": {"x": {"field": "<DVC_METRIC_X>", "type": "quantitative", "title": "<DVC_METRIC_X_LABEL>"}, "y": {"field": "<DVC_METRIC_Y>", "type": "quantitative", "title": "<DVC_METRIC_Y_LABEL>", "scale": {"zero": false}}, "color": "<DVC_METRIC_COLOR>", "strokeDash": "<DVC_METRIC_STROKE_DASH>"}
        """;

    private const string Points = """
        "encoding": {"x": {"field": "<DVC_METRIC_X>", "title": "<DVC_METRIC_X_LABEL>", TYPE}, "y": {"field": "<DVC_METRIC_Y>", "title": "<DVC_METRIC_Y_LABEL>", TYPE}, "color": "<DVC_METRIC_COLOR>", "shape": "<DVC_METRIC_SHAPE>"}
        """;

    private const string Bars = """
        "mark": "bar", "encoding": {"x": {"field": "<DVC_METRIC_X>", "type": "quantitative", "title": "<DVC_METRIC_X_LABEL>"}, "y": {"field": "<DVC_METRIC_Y>", "type": "nominal", "title": "<DVC_METRIC_Y_LABEL>", "sort": SORT}, "yOffset": {"field": "rev"}, "color": "<DVC_METRIC_COLOR>"}}
        """;

    /// <summary>What <see cref="Find"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["bar_horizontal", "bar_horizontal_sorted", "confusion", "confusion_normalized", "linear", "scatter", "scatter_jitter", "simple", "smooth"];

    /// <summary>The text of a built-in template; null when there is none of that name.</summary>
    public static string? Find(string name) => name switch
    {
        "linear" or "smooth" => Head + """
            "params": [{"name": "smooth", "value": 0.001, "bind": {"input": "range", "min": 0.001, "max": 1, "step": 0.001}}], "layer": [{"mark": {"type": "line"}, "transform": [{"loess": "<DVC_METRIC_Y>", "on": "<DVC_METRIC_X>", "groupby": "<DVC_METRIC_GROUP_BY>", "bandwidth": {"signal": "smooth"}}]}, {"mark": {"type": "line", "opacity": 0.2}}],
            """ + Lines + "}",
        "simple" => Head + "\"mark\": {\"type\": \"line\", \"tooltip\": {\"content\": \"data\"}}, " + Lines + "}",
        "scatter" => Head + "\"mark\": {\"type\": \"point\", \"tooltip\": {\"content\": \"data\"}}, " + Points.Replace("TYPE", "\"type\": \"quantitative\", \"scale\": {\"zero\": false}", StringComparison.Ordinal) + "}",
        "scatter_jitter" => Head + "\"mark\": {\"type\": \"point\", \"tooltip\": {\"content\": \"data\"}}, \"transform\": [{\"calculate\": \"random()\", \"as\": \"jitter\"}], "
            + Points.Replace("TYPE", "\"type\": \"nominal\"", StringComparison.Ordinal).TrimEnd('}', ' ', '\n') + ", \"xOffset\": {\"field\": \"jitter\", \"type\": \"quantitative\"}, \"yOffset\": {\"field\": \"jitter\", \"type\": \"quantitative\"}}}",
        "bar_horizontal" => Head + Bars.Replace("SORT", "null", StringComparison.Ordinal),
        "bar_horizontal_sorted" => Head + Bars.Replace("SORT", "\"-x\"", StringComparison.Ordinal),
        "confusion" => Confusion("count", """{"aggregate": [{"op": "count", "as": "count"}], "groupby": ["<DVC_METRIC_Y>", "<DVC_METRIC_X>", "rev"]}""", ""),
        "confusion_normalized" => Confusion("share", """{"aggregate": [{"op": "count", "as": "count"}], "groupby": ["<DVC_METRIC_Y>", "<DVC_METRIC_X>", "rev"]}, {"joinaggregate": [{"op": "sum", "field": "count", "as": "total"}], "groupby": ["<DVC_METRIC_Y>", "rev"]}, {"calculate": "datum.count / datum.total", "as": "share"}""", ", \"format\": \".2f\""),
        _ => null,
    };

    private static string Confusion(string value, string transforms, string format) => """
        {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "data": {"values": "<DVC_METRIC_DATA>"}, "title": "<DVC_METRIC_TITLE>", "facet": {"column": {"field": "rev", "title": null}}, "spec": {"width": 300, "height": 300, "transform": [TRANSFORMS],
        "encoding": {"x": {"field": "<DVC_METRIC_X>", "type": "nominal", "sort": "ascending", "title": "<DVC_METRIC_X_LABEL>"}, "y": {"field": "<DVC_METRIC_Y>", "type": "nominal", "sort": "ascending", "title": "<DVC_METRIC_Y_LABEL>"}},
        "layer": [{"mark": "rect", "encoding": {"color": {"field": "VALUE", "type": "quantitative"}}}, {"mark": "text", "encoding": {"text": {"field": "VALUE", "type": "quantitative"FORMAT}}}]}}
        """.Replace("TRANSFORMS", transforms, StringComparison.Ordinal).Replace("VALUE", value, StringComparison.Ordinal).Replace("FORMAT", format, StringComparison.Ordinal);
}
