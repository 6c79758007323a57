/** Which types an interface or a union may be. */
export const possibleTypes = {
  "Node": [
    "Pack",
    "Prompt",
    "Tune",
    "Workspace"
  ]
} as const;

/** Types without an id of their own: a cache keeps them within what they belong to. */
export const keylessTypes = [
  "Budget",
  "BudgetPeriod",
  "ClassifyImagePayload",
  "CostEstimate",
  "CreateDirectUploadPayload",
  "CreatePackPayload",
  "CreatePromptPayload",
  "CreateThemePayload",
  "CreateTunePayload",
  "CreateWorkspacePayload",
  "DeletePromptPayload",
  "DeleteTunePayload",
  "DescribeImagePayload",
  "DirectUpload",
  "DirectUploadHeader",
  "DuplicatePromptPayload",
  "Gallery",
  "GenerateWithGeminiPayload",
  "GenerateWithSeedreamPayload",
  "GeneratedImage",
  "ImageClassification",
  "ImageInspection",
  "ImageModel",
  "InspectImagePayload",
  "InspectVideoPayload",
  "JobEvent",
  "LikePromptPayload",
  "ModelCatalogue",
  "Money",
  "PackConnection",
  "PackCost",
  "PackEdge",
  "PackOrder",
  "PackSlot",
  "PackTemplate",
  "PageInfo",
  "Payer",
  "PromptConnection",
  "PromptEdge",
  "PromptEvent",
  "PromptProgress",
  "RunPackPayload",
  "TuneConnection",
  "TuneEdge",
  "TuneEvent",
  "TuneReference",
  "UnlikePromptPayload",
  "UpdatePromptPayload",
  "UpdateTunePayload",
  "UpdateWorkspacePayload",
  "VideoModel",
  "Viewer",
  "WaitResult",
  "Warning"
] as const;

/** Of these there is one, for whoever asks. */
export const singletons = [
  "Gallery",
  "ModelCatalogue",
  "Viewer"
] as const;

/** The lists that come in pages, by type and field, with the arguments that tell one list from another. */
export const connections = {
  "Gallery": {
    "packs": [
      "filter"
    ],
    "tunes": [
      "filter"
    ]
  },
  "Pack": {
    "generatedPrompts": [],
    "prompts": []
  },
  "Query": {
    "packs": [
      "filter"
    ],
    "prompts": [
      "filter"
    ],
    "tunes": [
      "filter"
    ]
  },
  "Tune": {
    "prompts": [
      "filter"
    ]
  },
  "Workspace": {
    "packs": [
      "filter"
    ],
    "prompts": [
      "filter"
    ],
    "tunes": [
      "filter"
    ]
  }
} as const;
