using System.Text;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.JUnit;

namespace CmlNet.Reports.Tests.Readers;

public sealed class JUnitReaderTests
{
    private const string Xml = """
        <?xml version="1.0"?>
        <testsuites><!-- totals lie --><testsuite name="a" tests="99" failures="0">
          <properties><property name="p" value="v"/></properties>
          <testcase classname="t.A" name="ok" time="0.5"/>
          <testcase classname="t.A" name="bad" time="1.5" file="t/a.py" line="7"><failure message="1 != 2" type="x">long text</failure><system-out><![CDATA[<failure>]]></system-out></testcase>
          <testcase name="worse"><failure>one</failure><error>a &lt; b
        trace</error></testcase>
          <testsuite name="inner"><testcase name="left"><skipped message="not here"/></testcase></testsuite>
        </testsuite></testsuites>
        """;

    [Fact]
    public void Read_NestedSuites_CountsTheCasesThemselves()
    {
        TestsArtifact tests = Read(Xml);
        Assert.Equal((4L, 1L, 1L, 1L, 1L), (tests.Total, tests.Passed, tests.Skipped, tests.Failed, tests.Errors));
        Assert.Equal(2.0, tests.Seconds);
        Assert.Equal("t.A.bad", tests.Slowest[0].Name);
    }

    [Fact]
    public void Read_SeveralResultsOfACase_KeepsTheWorst()
    {
        TestsArtifact tests = Read(Xml);
        Assert.Equal(new TestCase("t.A.bad", TestOutcome.Failed, 1.5, "1 != 2", "t/a.py", 7), tests.Unsuccessful[0]);
        Assert.Equal(new TestCase("worse", TestOutcome.Error, null, "a < b\ntrace", null, null), tests.Unsuccessful[1]);
    }

    [Fact]
    public void Read_SingleSuite_IsTakenToo() => Assert.Equal(1, Read("<testsuite><testcase name='x'/></testsuite>").Passed);

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><testsuite><testcase name='&e;'/></testsuite>", "DTD")]
    [InlineData("<testsuite><testcase name='x'>", "not readable as XML")]
    [InlineData("<coverage/>", "begins with <coverage>")]
    public void Read_HostileOrOther_IsRefused(string xml, string expected) => Assert.Contains(expected, Assert.Throws<ArtifactException>(() => Read(xml)).Message, StringComparison.Ordinal);

    private static TestsArtifact Read(string xml) =>
        (TestsArtifact)new JUnitReader().Read(new ArtifactFile { FullPath = "/r.xml", Path = "r.xml", IsNamed = true, Content = Encoding.UTF8.GetBytes(xml) }, CancellationToken.None);
}
