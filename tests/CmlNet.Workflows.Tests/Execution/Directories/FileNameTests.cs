using CmlNet.Workflows.Execution.Directories;

namespace CmlNet.Workflows.Tests.Execution.Directories;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("fit (svm, 1.0)", "fit-svm-1.0")]
    [InlineData("../../etc", "etc")]
    [InlineData("日本", "unnamed")]
    public void From_Name_IsOnePathComponent(string name, string expected) => Assert.Equal(expected, FileName.From(name));

    [Fact]
    public void From_LongNamesWithOneBeginning_StayDistinct()
    {
        string[] names = [.. Enumerable.Range(0, 50).Select(i => FileName.From(new string('x', 80) + i))];

        Assert.Equal(50, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, name => Assert.Equal(60, name.Length));
    }

    [Theory]
    [InlineData("train-2", "train-2")]
    [InlineData("a--b", "a-b-")]
    [InlineData("a-", "a-")]
    public void Unique_ChangedName_GetsAHash(string name, string start)
    {
        string file = FileName.Unique(name);

        Assert.StartsWith(start, file, StringComparison.Ordinal);
        Assert.Equal(FileName.From(name) == name, file == name);
    }
}
