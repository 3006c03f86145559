using System.Xml.Linq;

namespace CmlNet.Architecture.Tests;

/// <summary>Settings of the single file whose harm shows only now and then.</summary>
public sealed class PublishSettingTests
{
    /// <summary>
    /// Trimming event sources away makes the trimmer of SDK 10.0 drop the end of lock statements in System.Net.Http: a request then waits
    /// for ever, about once in 200 runs on a busy machine. They are switched off at run time instead.
    /// </summary>
    [Fact]
    public void EventSources_InTheSingleFile_AreSwitchedOffButNotTrimmed()
    {
        XDocument project = XDocument.Parse(Repository.Read(Repository.Files("src", "CmlNet.Cli.csproj").Single()));

        Assert.Empty(project.Descendants("EventSourceSupport"));
        XElement option = Assert.Single(project.Descendants("RuntimeHostConfigurationOption"), item => item.Attribute("Include")?.Value == "System.Diagnostics.Tracing.EventSource.IsSupported");
        Assert.Equal(("false", "false"), (option.Attribute("Value")?.Value, option.Attribute("Trim")?.Value));
    }
}
