using System.Globalization;
using System.Xml;

namespace CmlNet.Reports.Readers.JUnit;

/// <summary>
/// JUnit XML as pytest, Maven, Gradle, Jest and others write it: <c>testsuites</c> or a single, perhaps nested <c>testsuite</c>. Cases are counted
/// one by one, since the totals in attributes cannot be relied on; of several results of one case the worst counts. Streamed; document types are refused.
/// </summary>
internal sealed class JUnitReader : IArtifactReader
{
    public const string ReaderName = "tests";
    private const int MostUnsuccessful = 1_000;
    private const int Slow = 5;
    private const int LongestMessage = 4_000;

    public string Name => ReaderName;

    public bool Recognises(ArtifactFile file) => file.Suffix == ".xml" && file.Head.Contains("<testsuite", StringComparison.Ordinal);

    public Artifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        using Stream stream = file.OpenBytes();
        try
        {
            using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, IgnoreWhitespace = true });
            xml.MoveToContent();
            return xml.LocalName is "testsuites" or "testsuite"
                ? Read(xml, file.Path, cancellationToken)
                : throw new ArtifactException($"begins with <{xml.LocalName}>; JUnit XML begins with <testsuites> or <testsuite>", 1);
        }
        catch (XmlException e)
        {
            string why = file.Head.Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase) ? "it has a DTD (<!DOCTYPE …>), and what a DTD declares may lead to other files; leave it out" : e.Message;
            throw new ArtifactException($"not readable as XML: {why}", e.LineNumber, e.LinePosition, e);
        }
    }

    private static TestsArtifact Read(XmlReader xml, string path, CancellationToken cancellationToken)
    {
        long[] counts = new long[4];
        double seconds = 0;
        List<TestCase> unsuccessful = [];
        var slowest = new PriorityQueue<TestCase, double>();
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "testcase")
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            TestCase one = ReadCase(xml);
            counts[(int)one.Outcome]++;
            seconds += one.Seconds ?? 0;
            if (one.Outcome >= TestOutcome.Failed && unsuccessful.Count < MostUnsuccessful)
                unsuccessful.Add(one);
            slowest.Enqueue(one, one.Seconds ?? 0);
            if (slowest.Count > Slow)
                slowest.Dequeue();
        }

        List<TestCase> slow = [];
        while (slowest.TryDequeue(out TestCase? one, out _))
            slow.Insert(0, one);
        return new TestsArtifact
        {
            Path = path,
            Passed = counts[(int)TestOutcome.Passed],
            Skipped = counts[(int)TestOutcome.Skipped],
            Failed = counts[(int)TestOutcome.Failed],
            Errors = counts[(int)TestOutcome.Error],
            Seconds = seconds,
            Unsuccessful = unsuccessful,
            Slowest = slow,
        };
    }

    private static TestCase ReadCase(XmlReader xml)
    {
        string name = xml.GetAttribute("name") ?? "", type = xml.GetAttribute("classname") ?? "";
        string? file = xml.GetAttribute("file");
        int? line = int.TryParse(xml.GetAttribute("line"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        double? seconds = double.TryParse(xml.GetAttribute("time"), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out double time) && double.IsFinite(time) ? time : null;
        TestOutcome outcome = TestOutcome.Passed;
        string message = "";
        if (!xml.IsEmptyElement)
        {
            int depth = xml.Depth;
            xml.Read();
            while (xml.Depth > depth)
            {
                TestOutcome found = xml.NodeType == XmlNodeType.Element && xml.Depth == depth + 1
                    ? xml.LocalName switch { "error" => TestOutcome.Error, "failure" => TestOutcome.Failed, "skipped" => TestOutcome.Skipped, _ => TestOutcome.Passed }
                    : TestOutcome.Passed;
                if (found > outcome)
                {
                    outcome = found;
                    message = Message(xml);
                }
                else
                {
                    xml.Skip();
                }
            }
        }

        return new TestCase(type.Length > 0 ? $"{type}.{name}" : name, outcome, seconds, message, file, line);
    }

    // The attribute when there is one; else the text. Leaves the reader behind the element.
    private static string Message(XmlReader xml)
    {
        string attribute = xml.GetAttribute("message") ?? "";
        string text = xml.ReadInnerXml();
        string message = attribute.Length > 0 ? attribute : System.Net.WebUtility.HtmlDecode(text).Trim();
        return message.Length > LongestMessage ? message[..LongestMessage] + "…" : message;
    }
}
