using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.OpenApi;
using OurDocument = ServerlessBacklog.Triage.OpenApi.OpenApiDocument;
using TheirDocument = Microsoft.OpenApi.OpenApiDocument;

namespace ServerlessBacklog.Triage.Tests.OpenApi;

public class OpenApiDocumentTests
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_document_is_read_by_others_without_an_error_or_a_warning()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(OurDocument.Json.ToJsonString()));

        var read = await TheirDocument.LoadAsync(stream, "json", new OpenApiReaderSettings { RuleSet = ValidationRuleSet.GetDefaultRuleSet() }, TestContext.Current.CancellationToken);

        read.Diagnostic!.Errors.ShouldBeEmpty();
        read.Diagnostic.Warnings.ShouldBeEmpty();
        read.Diagnostic.SpecificationVersion.ShouldBe(OpenApiSpecVersion.OpenApi3_1);
        read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()).ShouldBeEmpty();
        read.Document!.Paths.SelectMany(p => p.Value.Operations!.Values).Select(o => o.OperationId).ShouldBe(Routes.All.Select(r => r.Name), ignoreOrder: true);
    }

    /// <summary>What no rule of a reader asks for: that everything is said.</summary>
    [Fact]
    public void Every_operation_says_what_it_takes_and_what_it_answers()
    {
        foreach (var (path, operation) in Operations())
        {
            operation["operationId"]!.GetValue<string>().ShouldNotBeEmpty();
            operation["summary"]!.GetValue<string>().ShouldNotBeEmpty();
            var named = (operation["parameters"] as JsonArray ?? []).Select(p => p!["name"]!.GetValue<string>()).ToList();
            foreach (var segment in path.Split('/').Where(s => s.StartsWith('{')))
                named.ShouldContain(segment.Trim('{', '}'));
            foreach (var (status, response) in operation["responses"]!.AsObject())
            {
                var (media, content) = response!["content"]!.AsObject().Single();
                var schema = content!["schema"]!;
                (schema["$ref"] ?? schema["type"]).ShouldNotBeNull();
                if (status[0] != '2' && media == "application/json")
                    schema["$ref"]!.GetValue<string>().ShouldEndWith("/ErrorReply");
            }
        }
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_every_schema_is_used()
    {
        var text = OurDocument.Json.ToJsonString();
        var schemas = OurDocument.Json["components"]!["schemas"]!.AsObject().Select(s => s.Key).ToList();

        var named = System.Text.RegularExpressions.Regex.Matches(text, "#/components/schemas/(\\w+)").Select(m => m.Groups[1].Value).Distinct();

        named.ShouldBe(schemas, ignoreOrder: true);
    }

    [Fact]
    public void Words_stand_for_every_route_and_no_other() => RouteWords.All.Keys.ShouldBe(Routes.All.Select(r => r.Name), ignoreOrder: true);

    /// <summary><c>WRITE_OPENAPI=1 dotnet test tests/ServerlessBacklog.Triage.Tests --filter OpenApiDocumentTests</c> writes it.</summary>
    [Fact]
    public void The_document_in_the_repository_is_this_one()
    {
        // A release changes the version alone.
        var document = (JsonObject)OurDocument.Json.DeepClone();
        document["info"]!["version"] = "0";
        var text = $"{document.ToJsonString(Written).ReplaceLineEndings("\n")}\n";
        var path = Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs/openapi.json");
        if (Environment.GetEnvironmentVariable("WRITE_OPENAPI") is not null)
            File.WriteAllText(path, text);

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(text);
    }

    private static IEnumerable<(string Path, JsonNode Operation)> Operations() =>
        OurDocument.Json["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject(), (p, o) => (p.Key, o.Value!));

    private static string Here([CallerFilePath] string here = "") => here;
}
