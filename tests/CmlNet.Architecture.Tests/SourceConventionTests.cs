using System.Text.RegularExpressions;

namespace CmlNet.Architecture.Tests;

/// <summary>House rules that a machine can keep. Each failure names the file, the line and the rule.</summary>
public sealed partial class SourceConventionTests
{
    private const int LongestFile = 250;

    private static readonly (string Pattern, string Instead)[] Banned =
    [
        ("NotImplementedException", "write it, or leave the member out"),
        (@"//.*\bTODO\b", "open an issue"),
        (@"//.*\bFIXME\b", "open an issue"),
        (@"//.*\bHACK\b", "say why instead"),
        (@"\bThread\.Sleep\b", "await Task.Delay with a TimeProvider and a token, or poll a condition"),
        (@"\basync void\b", "return a Task"),
        (@"^\s*#region\b", "split the file"),
        (@"\bActivator\.CreateInstance\b", "construct it: the build is trimmed"),
    ];

    [Fact]
    public void SourceFiles_OverTheLimit_SayWhy()
        => Violations.None(
            from path in Repository.Files("src", ".cs").Concat(Repository.Files("tests", ".cs"))
            let lines = Repository.ReadLines(path)
            where lines.Length > LongestFile && !lines.Take(12).Any(line => line.Contains("// Long because", StringComparison.Ordinal))
            select $"{path}: {lines.Length} lines; split it, or begin it with `// Long because ...`");

    [Fact]
    public void SourceFiles_Anywhere_HoldNothingBanned()
        => Violations.None(
            from path in Code()
            from numbered in Repository.ReadLines(path).Select((line, index) => (Line: line, Number: index + 1))
            from rule in Banned
            where Regex.IsMatch(numbered.Line, rule.Pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5))
            select $"{path}:{numbered.Number}: {rule.Instead}: {numbered.Line.Trim()}");

    /// <summary>In <c>src</c> the compiler bans the property itself; tests are held to it by the word, where it follows a call or a task.</summary>
    [Fact]
    public void SourceFiles_Anywhere_DoNotBlockOnTasks()
        => Violations.None(
            from path in Code()
            from numbered in Repository.ReadLines(path).Select((line, index) => (Line: line, Number: index + 1))
            where BlocksOnTask().IsMatch(numbered.Line)
            select $"{path}:{numbered.Number}: await it: {numbered.Line.Trim()}");

    /// <summary>Not in tests: a property of FsCheck is a synchronous function.</summary>
    [Fact]
    public void SourceFiles_InSource_DoNotWaitForAwaiters()
        => Violations.None(
            from path in Repository.Files("src", ".cs")
            from numbered in Repository.ReadLines(path).Select((line, index) => (Line: line, Number: index + 1))
            where numbered.Line.Contains(".GetAwaiter().GetResult()", StringComparison.Ordinal)
            select $"{path}:{numbered.Number}: await it: {numbered.Line.Trim()}");

    [Fact]
    public void TypeNames_InSource_SayWhatTheyAre()
        => Violations.None(
            from path in Repository.Files("src", ".cs")
            from Match match in TypeDeclaration().Matches(Repository.Read(path))
            let name = match.Groups["name"].Value
            where VagueSuffix().IsMatch(name)
            select $"{path}: {name}: name it after what it does");

    [Fact]
    public void SourceFiles_InSource_HoldOnePublicTypeNamedAsTheFile()
        => Violations.None(
            from path in Repository.Files("src", ".cs")
            let types = PublicTopLevelType().Matches(Repository.Read(path)).ToList()
            where types.Count > 0
            let first = types[0].Groups["name"].Value
            from message in types.Skip(1).Where(type => !types.Any(root => root != type && Extends(type.Groups["bases"].Value, root.Groups["name"].Value))).Select(type => $"{type.Groups["name"].Value} wants a file of its own")
                .Concat(first == Path.GetFileNameWithoutExtension(path).Split('.')[0] ? [] : [$"{first} is not the file's name"])
            select $"{path}: {message}");

    [Fact]
    public void TestNames_OfEveryFact_AreSubjectConditionOutcome()
        => Violations.None(
            from path in Repository.Files("tests", "Tests.cs")
            from Match match in TestMethod().Matches(Repository.Read(path))
            let name = match.Groups["name"].Value
            where name.Split('_').Length < 3 || name.EndsWith("_Works", StringComparison.Ordinal)
            select $"{path}: {name}: Subject_Condition_Outcome");

    /// <summary>The cases of a closed hierarchy may stand in the file of its root, at any depth.</summary>
    private static bool Extends(string bases, string root)
        => Regex.IsMatch(bases, $@"\b{root}\b", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    private static IEnumerable<string> Code()
        => Repository.Files("src", ".cs").Concat(Repository.Files("tests", ".cs")).Where(path => !path.EndsWith($"/{nameof(SourceConventionTests)}.cs", StringComparison.Ordinal));

    [GeneratedRegex(@"(?:Async\([^;]*\)|[tT]ask)\.(?:Result\b(?!\()|Wait\(\))", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex BlocksOnTask();

    [GeneratedRegex(@"^\s*(?:(?:public|internal|private|protected|file|static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*(?:class|struct|interface|record(?:\s+(?:class|struct))?|enum)\s+(?<name>[A-Z]\w*)", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex TypeDeclaration();

    // File-scoped namespaces: a top-level type begins its line.
    [GeneratedRegex(@"^public\s+(?:(?:static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*(?:class|struct|interface|record(?:\s+(?:class|struct))?|enum)\s+(?<name>[A-Z]\w*)(?<bases>[^{;]*)", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex PublicTopLevelType();

    [GeneratedRegex("(?:Helpers?|Utils?|Utilities|Common|Manager|Service)$", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex VagueSuffix();

    [GeneratedRegex(@"\[(?:Skippable)?(?:Fact|Theory)\b[^\n]*\n(?:\s*\[[^\n]*\n)*\s*public\s+(?:async\s+)?\S+\s+(?<name>\w+)\(", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex TestMethod();
}
