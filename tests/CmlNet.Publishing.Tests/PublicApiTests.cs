using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace CmlNet.Publishing.Tests;

/// <summary>The library's public surface as text: a change to it shows in review.</summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public async Task PublicApi_OfThePackage_IsAsApproved()
    {
        var text = new StringBuilder();
        foreach (Type type in typeof(PublishingServices).Assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(type.IsInterface ? "interface " : type.IsEnum ? "enum " : type.IsAbstract ? "static class " : "class ").Append(type.FullName).Append('\n');
            IEnumerable<string> members = type.IsEnum
                ? Enum.GetNames(type)
                : type.GetMembers(Declared).Where(m => m is not (MethodInfo { IsSpecialName: true } or Type) && !IsGenerated(m)).Select(m => Describe(m)).Order(StringComparer.Ordinal);
            foreach (string member in members)
                text.Append("    ").Append(member).Append('\n');
        }

        string path = Golden();
        if (Environment.GetEnvironmentVariable("CML_UPDATE_GOLDENS") == "1")
            await File.WriteAllTextAsync(path, text.ToString());
        Assert.Equal(await File.ReadAllTextAsync(path), text.ToString());
    }

    private static bool IsGenerated(MemberInfo member) => member.Name is "Equals" or "GetHashCode" or "<Clone>$" or "Deconstruct" or "EqualityContract" || member.GetCustomAttribute<CompilerGeneratedAttribute>() is not null;

    private static string Describe(MemberInfo member) => member switch
    {
        PropertyInfo property => $"{property.PropertyType} {property.Name} {{ {(property.CanRead ? "get; " : "")}{(property.SetMethod is { IsPublic: true } ? "init; " : "")}}}",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{method.ReturnType} {method.Name}({Parameters(method)})",
        FieldInfo field => $"const {field.FieldType} {field.Name}",
        _ => member.ToString() ?? "",
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p => $"{p.ParameterType} {p.Name}{(p.HasDefaultValue ? " = …" : "")}"));

    private static string Golden([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden", "public-api.txt");
}
