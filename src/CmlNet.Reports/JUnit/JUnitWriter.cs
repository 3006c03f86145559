using System.Globalization;
using System.Text;
using System.Xml;
using CmlNet.Reports.Gates;

namespace CmlNet.Reports.JUnit;

/// <summary>The gates as JUnit XML, one test each, for the places that show test results: a failed one of level error is a failure, one that was not judged is skipped.</summary>
public static class JUnitWriter
{
    /// <summary>One indented document with a line end.</summary>
    public static string Write(BuiltReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        IReadOnlyList<GateResult> gates = report.Facts.Gates;
        int failures = gates.Count(IsFailure), skipped = gates.Count(IsSkipped);
        using var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", CheckCharacters = false }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Clean(report.Model.Title));
            xml.WriteAttributeString("tests", Count(gates.Count));
            xml.WriteAttributeString("failures", Count(failures));
            xml.WriteAttributeString("errors", "0");
            xml.WriteAttributeString("skipped", Count(skipped));
            foreach (GateResult gate in gates)
                Case(xml, gate);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text + "\n";
    }

    private static void Case(XmlWriter xml, GateResult gate)
    {
        string value = gate.Value is { } number ? GateEvaluation.Text(gate.Gate, number) : "no value";
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", "gates");
        xml.WriteAttributeString("name", Clean($"{gate.Gate.Title} {gate.Limit}"));
        if (IsFailure(gate))
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Clean($"{value}: {gate.Reason}"));
            xml.WriteAttributeString("type", "gate");
            xml.WriteEndElement();
        }
        else if (IsSkipped(gate))
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", Clean(gate.Reason));
            xml.WriteEndElement();
        }

        if (gate.Passed == false && !IsFailure(gate))
            xml.WriteElementString("system-out", Clean($"warning: {value}: {gate.Reason}"));
        xml.WriteEndElement();
    }

    private static bool IsFailure(GateResult gate) => gate is { Passed: false, Gate.Level: GateLevel.Error };

    private static bool IsSkipped(GateResult gate) => gate.Passed is null;

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    // XML has no form for most control characters, and a metric may be called anything.
    private static string Clean(string text) => string.Concat(text.Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));

    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
