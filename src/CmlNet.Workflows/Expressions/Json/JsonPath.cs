using System.Buffers;
using System.Globalization;
using System.Text;

namespace CmlNet.Workflows.Expressions.Json;

/// <summary>Where in a JSON document a reader is, in the form that GitHub's messages have: <c>jobs[2].name</c>, <c>['a b']</c>.</summary>
internal sealed class JsonPath
{
    private static readonly SearchValues<char> Special = SearchValues.Create(". '/\"[]()\t\n\r\f\b\\\u0085\u2028\u2029");

    private readonly List<Container> _containers = [];

    public int Depth => _containers.Count;

    /// <summary>The first container of the document; null when it is a single value.</summary>
    public bool? IsArrayAtRoot { get; private set; }

    public bool IsInArray => _containers is [.., { IsArray: true }];

    public bool IsInObject => _containers is [.., { IsArray: false }];

    public void Open(bool isArray)
    {
        IsArrayAtRoot ??= isArray;
        _containers.Add(new Container(isArray));
    }

    public void Close() => _containers.RemoveAt(_containers.Count - 1);

    /// <summary>A value begins; one of an array has its index from then on.</summary>
    public void BeginValue()
    {
        if (IsInArray)
            _containers[^1].Index++;
    }

    public void BeginProperty(string name) => _containers[^1].Name = name;

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (Container container in _containers)
        {
            // A container that nothing has been read of is not part of the path.
            if (container.IsArray && container.Index >= 0)
                text.Append(CultureInfo.InvariantCulture, $"[{container.Index}]");
            else if (container.Name is { } name)
                Append(text, name);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string name)
    {
        if (name.AsSpan().ContainsAny(Special))
            text.Append("['").Append(name.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)).Append("']");
        else
            text.Append(text.Length > 0 ? "." : "").Append(name);
    }

    private sealed class Container(bool isArray)
    {
        public bool IsArray { get; } = isArray;

        public int Index { get; set; } = -1;

        public string? Name { get; set; }
    }
}
