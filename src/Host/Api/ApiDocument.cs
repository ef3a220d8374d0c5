using System.Security.Cryptography;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace OpenHall.Host.Api;

/// <summary>The description of the API (OpenAPI 3.1, <c>/openapi/v1.json</c>) and the page to read and try it (<c>/api/reference</c>). Everything
/// comes from this program; nothing is loaded from elsewhere.</summary>
static class ApiDocument
{
    public static void Add(IServiceCollection services) => services.AddOpenApi("v1", document =>
    {
        document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        document.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        document.AddDocumentTransformer((api, _, _) =>
        {
            api.Info = new() { Title = "OpenHall", Version = "v1", Description = "Every capability of the hall. Money is whole fen (分), times are UTC, business dates are yyyy-MM-dd. See docs/api.md." };
            api.Components ??= new();
            api.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme> { ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "API token of an integration" } };
            return Task.CompletedTask;
        });
        document.AddOperationTransformer(Complete);
    });

    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        if (HttpMethods.IsPost(context.Description.HttpMethod ?? ""))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = IdempotencyKey.Header, In = ParameterLocation.Header, Description = "UUID of this request; sent again, the first answer comes back. Not needed when the content has requestId.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
            });
            operation.Responses ??= [];
            operation.Responses.TryAdd("409", new OpenApiResponse { Description = "The business says no: code, field and sentence (RFC 9457)" });
            operation.Responses.TryAdd("422", new OpenApiResponse { Description = "The request id was used with another content" });
        }

        return Task.CompletedTask;
    }

    public static void Map(WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/api/reference", (page, http) =>
        {
            // The page starts by an inline script and styles itself: allowed here only, by a nonce for the script.
            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            http.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
            page.WithTitle("OpenHall API").WithNonce(nonce).DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp();
        }).AllowAnonymous();
    }
}
