using LoanRelief.Domain.Loans;
using static LoanRelief.Domain.Loans.BorrowerKind;
using static LoanRelief.Domain.Loans.LoanProduct;

namespace LoanRelief.Testing.SampleBook;

/// <summary>Loans of one institution, product and kind of borrower, and where and in what the borrowers work.</summary>
/// <param name="Wan">Lowest and highest principal in 万元.</param>
/// <param name="BasisPoints">Lowest and highest contract rate.</param>
internal sealed record SampleSegment(
    string Institution,
    int Count,
    BorrowerKind Kind,
    LoanProduct Product,
    (int Least, int Most) Wan,
    (int Least, int Most) BasisPoints,
    string[] Districts,
    string[] Industries)
{
    /// <summary>
    /// 300 loans: 180 of banks, and 120 of the companies of seed 000 in the ratio of the borrowers that it counts
    /// (3,463 : 218 : 13,610 is 24 : 2 : 94).
    /// </summary>
    public static IReadOnlyList<SampleSegment> All { get; } =
    [
        // Seed 003, the mountain county; the story's loan is added to these.
        .. In("icbc-wencheng", ["文成"], ["制造", "零售", "文旅", "外贸"],
            (7, SmallOrMicroFirm, WorkingCapital, (30, 240), (345, 480)),
            (1, SmallOrMicroFirm, FixedAsset, (120, 300), (360, 450)),
            (3, SmallFirmOwner, BusinessOperation, (20, 90), (380, 520)),
            (4, SelfEmployed, BusinessOperation, (8, 40), (400, 560)),
            (4, Farmer, BusinessOperation, (5, 30), (380, 520))),
        // Seed 003: manufacturing, exports, technology; the factory floor in Cangnan and the machines.
        .. In("oujiang-bank", ["苍南", "永嘉", "瑞安"], ["制造", "外贸", "科技", "零售"],
            (27, SmallOrMicroFirm, WorkingCapital, (40, 260), (335, 470)),
            (5, MediumFirm, WorkingCapital, (100, 500), (310, 400)),
            (5, SmallOrMicroFirm, FixedAsset, (150, 500), (360, 450)),
            (6, SmallFirmOwner, BusinessOperation, (20, 100), (380, 520)),
            (5, SelfEmployed, BusinessOperation, (8, 45), (400, 560)),
            (2, Farmer, BusinessOperation, (5, 30), (380, 520))),
        // Seed 002: the district, its cold-chain hauliers (九) and its house buyers (十四).
        .. In("yubei-bank", ["渝北"], ["冷链物流", "交通运输", "餐饮", "零售", "制造", "科技"],
            (17, SmallOrMicroFirm, WorkingCapital, (40, 240), (345, 480)),
            (3, MediumFirm, WorkingCapital, (100, 500), (320, 410)),
            (2, SmallOrMicroFirm, FixedAsset, (150, 400), (360, 450)),
            (5, SmallFirmOwner, BusinessOperation, (20, 90), (380, 520)),
            (12, SelfEmployed, BusinessOperation, (8, 45), (400, 560)),
            (3, Farmer, BusinessOperation, (5, 30), (380, 520)),
            (8, Individual, Housing, (30, 120), (390, 540))),
        // Seed 001: five districts of Beijing and the four industries that were hit.
        .. In("jingcheng-bank", ["朝阳", "顺义", "房山", "通州", "石景山"], ["零售", "交通运输", "餐饮", "文旅"],
            (34, SmallOrMicroFirm, WorkingCapital, (40, 260), (335, 470)),
            (2, MediumFirm, WorkingCapital, (100, 500), (310, 400)),
            (6, SmallFirmOwner, BusinessOperation, (20, 100), (380, 520)),
            (16, SelfEmployed, BusinessOperation, (8, 45), (400, 560)),
            (2, Individual, Housing, (60, 150), (390, 540))),
        // Seed 000: group finance companies, lessors and car finance companies in Shanghai.
        .. In("changhe-finance", ["浦东", "宝山"], ["制造", "外贸", "交通运输"],
            (20, SmallOrMicroFirm, WorkingCapital, (40, 220), (315, 400)),
            (3, MediumFirm, WorkingCapital, (100, 500), (300, 370)),
            (1, MediumFirm, FixedAsset, (600, 900), (330, 380))),
        .. In("pujiang-leasing", ["浦东", "宝山"], ["制造", "冷链物流"],
            (2, SmallOrMicroFirm, FinanceLease, (200, 600), (480, 600))),
        .. In("shencheng-auto", ["浦东", "嘉定", "宝山"], ["汽车经销", "交通运输", "冷链物流"],
            (30, SmallOrMicroFirm, Vehicle, (15, 120), (450, 620)),
            (9, SmallFirmOwner, Vehicle, (12, 40), (480, 660)),
            (15, SelfEmployed, Vehicle, (8, 30), (480, 680))),
        .. In("jiading-auto", ["嘉定", "浦东"], ["汽车经销", "交通运输", "零售"],
            (22, SmallOrMicroFirm, Vehicle, (15, 120), (450, 620)),
            (7, SmallFirmOwner, Vehicle, (12, 40), (480, 660)),
            (11, SelfEmployed, Vehicle, (8, 30), (480, 680))),
    ];

    private static IEnumerable<SampleSegment> In(
        string institution,
        string[] districts,
        string[] industries,
        params (int Count, BorrowerKind Kind, LoanProduct Product, (int, int) Wan, (int, int) BasisPoints)[] parts) =>
        parts.Select(p => new SampleSegment(
            institution, p.Count, p.Kind, p.Product, p.Wan, p.BasisPoints, districts, p.Kind switch
            {
                Individual => ["个人"],
                Farmer => ["农业"],
                _ => industries,
            }));
}
