using CmlNet.Containers.Options;

namespace CmlNet.Containers;

/// <summary>Reads a workflow's <c>container.options</c>: flags of <c>docker create</c>, split as a shell would.</summary>
public static class ContainerOptionsParser
{
    /// <summary>
    /// Null or blank gives the defaults. Throws <see cref="ContainerOptionsException"/> for a flag that is unknown or refused,
    /// lacks its value, or has one that makes no sense, and for words that are no flags.
    /// </summary>
    public static ContainerOptions Parse(string? text)
    {
        var draft = new OptionDraft(ContainerOptions.Default);
        var words = new Queue<string>(Split(text ?? ""));
        while (words.TryDequeue(out var word))
        {
            if (word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2)
                draft = ReadLong(draft, word, words);
            else if (word.StartsWith('-') && word.Length > 1)
                draft = ReadShort(draft, word, words);
            else
                throw new ContainerOptionsException($"container.options: '{word}' is not a flag. Flags begin with - or --; quote a value that has spaces.");
        }

        return draft.Options;
    }

    private static IReadOnlyList<string> Split(string text)
    {
        try
        {
            return WordSplitter.Split(text);
        }
        catch (FormatException exception)
        {
            throw new ContainerOptionsException($"container.options cannot be split into words: {exception.Message}.");
        }
    }

    private static OptionDraft ReadLong(OptionDraft draft, string word, Queue<string> rest)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word[2..] : word[2..equals];
        if (OptionTable.Refused.TryGetValue(name, out var reason))
            throw new ContainerOptionsException($"container.options: --{name} cannot be used here: {reason}. Remove it.");
        var flag = OptionTable.Flags.FirstOrDefault(f => f.Name == name) ?? throw Unknown($"--{name}");
        var value = equals >= 0 ? word[(equals + 1)..] : flag.TakesValue ? NextValue($"--{name}", rest) : "true";
        return Apply(draft, flag, value);
    }

    // -m8g, -m 8g and -m=8g are all understood, as docker does.
    private static OptionDraft ReadShort(OptionDraft draft, string word, Queue<string> rest)
    {
        if (word[1] is 'd' or 'i' or 't' && word[1..].All(c => c is 'd' or 'i' or 't'))
            throw new ContainerOptionsException($"container.options: {word} cannot be used here: the job's container always runs in the background without a terminal. Remove it.");
        var flag = OptionTable.Flags.FirstOrDefault(f => f.Short == word[1]) ?? throw Unknown(word[..2]);
        var attached = word[2..];
        var value = attached.Length == 0 ? NextValue(word, rest) : attached[0] == '=' ? attached[1..] : attached;
        return Apply(draft, flag, value);
    }

    private static string NextValue(string flag, Queue<string> rest) =>
        rest.TryDequeue(out var value) ? value : throw new ContainerOptionsException($"container.options: {flag} needs a value.");

    private static OptionDraft Apply(OptionDraft draft, OptionFlag flag, string value)
    {
        try
        {
            return flag.Apply(draft, value);
        }
        catch (FormatException exception)
        {
            // An environment variable's value may be a secret.
            var shown = flag.Name == "env" ? "" : $" '{value}'";
            throw new ContainerOptionsException($"container.options: --{flag.Name}{shown}: {exception.Message}.");
        }
    }

    private static ContainerOptionsException Unknown(string flag) => new(
        $"container.options: {flag} is not known. Known flags: {string.Join(", ", OptionTable.Flags.Select(f => f.Short is { } letter ? $"--{f.Name} (-{letter})" : $"--{f.Name}"))}.");
}
