using System.Text.Encodings.Web;
using System.Text.Json;
using ServerlessBacklog.Analysis.Dependencies;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>Who waits for whom, as a picture that can be moved and walked through; <c>.json</c> and <c>.mmd</c> give the same as data and as a Mermaid chart.</summary>
internal sealed class MapPage(ViewKeeper views) : IPage
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.Default };

    public async Task<PageReply> ShowAsync(PageVisit visit, CancellationToken cancellation)
    {
        var view = await views.CurrentAsync(visit.Backlog, cancellation);
        var map = BacklogMap.Of(view.Report);
        return visit.Rest switch
        {
            "" => await PageRendering.RenderAsync<MapPicture>(cancellation, (nameof(MapPicture.Site), visit.Site), (nameof(MapPicture.View), view), (nameof(MapPicture.Map), map)),
            "map.json" => new PageReply(200, "application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(map.Data, Json)).With(("Content-Disposition", "attachment; filename=\"dependencies.json\"")),
            "map.mmd" => PageReply.Text(200, MermaidText.Write(map.Data)).With(("Content-Disposition", "attachment; filename=\"dependencies.mmd\"")),
            _ => PageVisit.Missing("There is no such file here."),
        };
    }
}
