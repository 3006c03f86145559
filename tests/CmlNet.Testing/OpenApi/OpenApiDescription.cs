using System.Globalization;
using System.Text.Json;

namespace CmlNet.Testing.OpenApi;

/// <summary>An OpenAPI 3.0 description, as far as checking requests and answers against it needs.</summary>
public sealed class OpenApiDescription : IDisposable
{
    private readonly JsonDocument _document;
    private readonly SchemaValidator _validator;

    private OpenApiDescription(JsonDocument document)
    {
        _document = document;
        _validator = new SchemaValidator(document.RootElement);
    }

    public static OpenApiDescription Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return new OpenApiDescription(JsonDocument.Parse(stream));
    }

    /// <summary>The template that a path is of, the one with the most literal parts; null when there is none.</summary>
    /// <param name="path">Without the address of the API, and without a query.</param>
    public string? TemplateOf(string path)
    {
        string[] parts = path.Trim('/').Split('/');
        return _document.RootElement.GetProperty("paths").EnumerateObject().Select(p => p.Name).Where(Fits).MinBy(template => template.Count(c => c == '{'));

        bool Fits(string template)
        {
            string[] wanted = template.Trim('/').Split('/');
            return wanted.Length == parts.Length && wanted.Zip(parts).All(pair => pair.First == pair.Second || (pair.First is ['{', ..] && pair.Second.Length > 0));
        }
    }

    /// <summary>Names in a query that an operation does not have.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="template">The path's template.</param>
    /// <param name="names">Names in the request's query.</param>
    public IReadOnlyList<string> CheckQuery(string method, string template, IEnumerable<string> names)
    {
        JsonElement path = _document.RootElement.GetProperty("paths").GetProperty(template);
        if (!path.TryGetProperty(method.ToLowerInvariant(), out JsonElement operation))
            return []; // Check says so
        HashSet<string> known = [.. Parameters(path), .. Parameters(operation)];
        return [.. names.Where(name => !known.Contains(name)).Select(name => $"{method} {template}: the query has '{name}'")];
    }

    /// <summary>What is wrong with a request and its answer; nothing when all is well.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="template">The path's template.</param>
    /// <param name="requestBody">JSON, or empty; null for a body of another kind, which is not looked at.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="responseBody">JSON, or empty.</param>
    public IReadOnlyList<string> Check(string method, string template, string? requestBody, int status, string responseBody)
    {
        string call = $"{method} {template}";
        if (!_document.RootElement.GetProperty("paths").TryGetProperty(template, out JsonElement path)
            || !path.TryGetProperty(method.ToLowerInvariant(), out JsonElement operation))
        {
            return [$"{call} is not in the description"];
        }

        var errors = new List<string>();
        if (requestBody is not null)
            CheckRequest(operation, requestBody, call, errors);
        string code = status.ToString(CultureInfo.InvariantCulture);
        if (!operation.GetProperty("responses").TryGetProperty(code, out JsonElement response))
        {
            // The description leaves refusals out that every call may meet.
            if (status is < 400 or 422 or 409)
                errors.Add($"{call} has no answer {code}");
            return errors;
        }

        if (SchemaOf(_validator.Resolve(response)) is { } schema)
            errors.AddRange(Validate(schema, responseBody, $"{call} {code}"));
        return errors;
    }

    public void Dispose() => _document.Dispose();

    private void CheckRequest(JsonElement operation, string requestBody, string call, List<string> errors)
    {
        if (!operation.TryGetProperty("requestBody", out JsonElement body))
        {
            if (requestBody.Length > 0)
                errors.Add($"{call} takes no body");
            return;
        }

        JsonElement resolved = _validator.Resolve(body);
        bool isRequired = resolved.TryGetProperty("required", out JsonElement required) && required.GetBoolean();
        if (requestBody.Length == 0 && isRequired)
            errors.Add($"{call} needs a body");
        else if (requestBody.Length > 0 && SchemaOf(resolved) is { } schema)
            errors.AddRange(Validate(schema, requestBody, $"{call} request"));
    }

    private List<string> Validate(JsonElement schema, string body, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return [.. _validator.Validate(schema, document.RootElement, "$").Select(e => $"{where}: {e}")];
        }
        catch (JsonException e)
        {
            return [$"{where}: not JSON: {e.Message}"];
        }
    }

    private IEnumerable<string> Parameters(JsonElement owner) =>
        owner.TryGetProperty("parameters", out JsonElement parameters)
            ? parameters.EnumerateArray().Select(_validator.Resolve).Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()!)
            : [];

    private static JsonElement? SchemaOf(JsonElement message) =>
        message.TryGetProperty("content", out JsonElement content) && content.TryGetProperty("application/json", out JsonElement json) && json.TryGetProperty("schema", out JsonElement schema)
            ? schema
            : null;
}
