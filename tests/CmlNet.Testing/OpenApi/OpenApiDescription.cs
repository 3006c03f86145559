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

    /// <summary>What is wrong with a request and its answer; nothing when all is well.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="template">The path's template.</param>
    /// <param name="requestBody">JSON, or empty.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="responseBody">JSON, or empty.</param>
    public IReadOnlyList<string> Check(string method, string template, string requestBody, int status, string responseBody)
    {
        string call = $"{method} {template}";
        if (!_document.RootElement.GetProperty("paths").TryGetProperty(template, out JsonElement path)
            || !path.TryGetProperty(method.ToLowerInvariant(), out JsonElement operation))
        {
            return [$"{call} is not in the description"];
        }

        var errors = new List<string>();
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

    private static JsonElement? SchemaOf(JsonElement message) =>
        message.TryGetProperty("content", out JsonElement content) && content.TryGetProperty("application/json", out JsonElement json) && json.TryGetProperty("schema", out JsonElement schema)
            ? schema
            : null;
}
