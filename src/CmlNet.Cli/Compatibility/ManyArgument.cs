using System.CommandLine;

namespace CmlNet.Cli.Compatibility;

/// <summary>An argument that takes any number of files. The parser would take an option that the command does not know for one more.</summary>
internal static class ManyArgument
{
    public static Argument<string[]> Build(string name, string description)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.ZeroOrMore };
        argument.Validators.Add(static result =>
        {
            foreach (string value in result.Tokens.Select(t => t.Value).Where(v => v.Length > 1 && v[0] == '-'))
                result.AddError($"Unrecognized command or argument '{value}'.");
        });
        return argument;
    }
}
