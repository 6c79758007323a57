import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

export const introspection: NonNullable<CacheExchangeOpts['schema']> = {
 "__schema": {
  "queryType": {
   "name": "Query",
   "kind": "OBJECT"
  },
  "mutationType": {
   "name": "Mutation",
   "kind": "OBJECT"
  },
  "subscriptionType": {
   "name": "Subscription",
   "kind": "OBJECT"
  },
  "types": [
   {
    "kind": "OBJECT",
    "name": "Budget",
    "fields": [
     {
      "name": "day",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "BudgetPeriod",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "month",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "BudgetPeriod",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "BudgetPeriod",
    "fields": [
     {
      "name": "left",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "limit",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "reserved",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Money",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "resetsAt",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "spent",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Money",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "ClassifyImagePayload",
    "fields": [
     {
      "name": "classification",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "ImageClassification",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "CostEstimate",
    "fields": [
     {
      "name": "asOf",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "basis",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "high",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "likely",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "low",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "samples",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "CreateDirectUploadPayload",
    "fields": [
     {
      "name": "directUpload",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "DirectUpload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "CreatePackPayload",
    "fields": [
     {
      "name": "pack",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Pack",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "CreatePromptPayload",
    "fields": [
     {
      "name": "budget",
      "type": {
       "kind": "OBJECT",
       "name": "Budget",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "cost",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "prompt",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Prompt",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "warnings",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "Warning",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "CreateThemePayload",
    "fields": [
     {
      "name": "budget",
      "type": {
       "kind": "OBJECT",
       "name": "Budget",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "cost",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "tunes",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "name": "Tune",
         "kind": "OBJECT",
         "ofType": null
        }
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "CreateTunePayload",
    "fields": [
     {
      "name": "budget",
      "type": {
       "kind": "OBJECT",
       "name": "Budget",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "cost",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "tune",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Tune",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "warnings",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "Warning",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "CreateWorkspacePayload",
    "fields": [
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "workspace",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Workspace",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "DeletePromptPayload",
    "fields": [
     {
      "name": "deletedId",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "DeleteTunePayload",
    "fields": [
     {
      "name": "deletedId",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "DescribeImagePayload",
    "fields": [
     {
      "name": "description",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "DirectUpload",
    "fields": [
     {
      "name": "headers",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "DirectUploadHeader",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "publicUrl",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "signedId",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "url",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "DirectUploadHeader",
    "fields": [
     {
      "name": "name",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "value",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "DuplicatePromptPayload",
    "fields": [
     {
      "name": "budget",
      "type": {
       "kind": "OBJECT",
       "name": "Budget",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "cost",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "prompt",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Prompt",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "warnings",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "Warning",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "Gallery",
    "fields": [
     {
      "name": "packs",
      "type": {
       "kind": "OBJECT",
       "name": "PackConnection",
       "ofType": null
      },
      "args": [
       {
        "name": "after",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "filter",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "first",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      ]
     },
     {
      "name": "tunes",
      "type": {
       "kind": "OBJECT",
       "name": "TuneConnection",
       "ofType": null
      },
      "args": [
       {
        "name": "after",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "filter",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "first",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      ]
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "GenerateWithGeminiPayload",
    "fields": [
     {
      "name": "budget",
      "type": {
       "kind": "OBJECT",
       "name": "Budget",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "cost",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "prompt",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Prompt",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "warnings",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "Warning",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "GenerateWithSeedreamPayload",
    "fields": [
     {
      "name": "budget",
      "type": {
       "kind": "OBJECT",
       "name": "Budget",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "cost",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "prompt",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Prompt",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "warnings",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "Warning",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "GeneratedImage",
    "fields": [
     {
      "name": "contentType",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "filename",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "height",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "isVideo",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "url",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "width",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "ImageClassification",
    "fields": [
     {
      "name": "caption",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "captions",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "className",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "firstName",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "shortDescription",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "ImageInspection",
    "fields": [
     {
      "name": "age",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "blurry",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "bodyType",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "ethnicity",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "eyeColor",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "facialHair",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "fullBodyImageOrLongshot",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "funnyFace",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "glasses",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "hairColor",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "hairLength",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "hairStyle",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "headcover",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "includesMultiplePeople",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "isBald",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "lowQuality",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "lowResolution",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "name",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "selfie",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "wearingHat",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "wearingSunglasses",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "ImageModel",
    "fields": [
     {
      "name": "name",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "resolutions",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "title",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "tune",
      "type": {
       "kind": "OBJECT",
       "name": "Tune",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "tuneId",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "InspectImagePayload",
    "fields": [
     {
      "name": "inspection",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "ImageInspection",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "InspectVideoPayload",
    "fields": [
     {
      "name": "description",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "JobEvent",
    "fields": [
     {
      "name": "cursor",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "isDone",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "node",
      "type": {
       "kind": "INTERFACE",
       "name": "Node",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "reason",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "LikePromptPayload",
    "fields": [
     {
      "name": "prompt",
      "type": {
       "kind": "OBJECT",
       "name": "Prompt",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "ModelCatalogue",
    "fields": [
     {
      "name": "defaultImageModel",
      "type": {
       "kind": "OBJECT",
       "name": "ImageModel",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "defaultVideoModel",
      "type": {
       "kind": "OBJECT",
       "name": "VideoModel",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "imageModels",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "ImageModel",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "videoModels",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "VideoModel",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "Money",
    "fields": [
     {
      "name": "milliCents",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "usd",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "Mutation",
    "fields": [
     {
      "name": "classifyImage",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "ClassifyImagePayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "createDirectUpload",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "CreateDirectUploadPayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "createPack",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "CreatePackPayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "createPrompt",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "CreatePromptPayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "createTheme",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "CreateThemePayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "createTune",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "CreateTunePayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "createWorkspace",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "CreateWorkspacePayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "deletePrompt",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "DeletePromptPayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "deleteTune",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "DeleteTunePayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "describeImage",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "DescribeImagePayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "duplicatePrompt",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "DuplicatePromptPayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "generateWithGemini",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "GenerateWithGeminiPayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "generateWithSeedream",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "GenerateWithSeedreamPayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "inspectImage",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "InspectImagePayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "inspectVideo",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "InspectVideoPayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "likePrompt",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "LikePromptPayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "runPack",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "RunPackPayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "unlikePrompt",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "UnlikePromptPayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "updatePrompt",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "UpdatePromptPayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "updateTune",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "UpdateTunePayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "updateWorkspace",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "UpdateWorkspacePayload",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     }
    ],
    "interfaces": []
   },
   {
    "kind": "INTERFACE",
    "name": "Node",
    "fields": [
     {
      "name": "id",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     }
    ],
    "interfaces": [],
    "possibleTypes": [
     {
      "kind": "OBJECT",
      "name": "Pack"
     },
     {
      "kind": "OBJECT",
      "name": "Prompt"
     },
     {
      "kind": "OBJECT",
      "name": "Tune"
     },
     {
      "kind": "OBJECT",
      "name": "Workspace"
     }
    ]
   },
   {
    "kind": "OBJECT",
    "name": "Pack",
    "fields": [
     {
      "name": "astriaId",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "baseTune",
      "type": {
       "kind": "OBJECT",
       "name": "Tune",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "baseTuneId",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "costs",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "PackCost",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "coverUrl",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "createdAt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "generatedPrompts",
      "type": {
       "kind": "OBJECT",
       "name": "PromptConnection",
       "ofType": null
      },
      "args": [
       {
        "name": "after",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "first",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      ]
     },
     {
      "name": "id",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "logo",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "mainClassName",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "modelType",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "multiplier",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "multiplierApi",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "prompts",
      "type": {
       "kind": "OBJECT",
       "name": "PromptConnection",
       "ofType": null
      },
      "args": [
       {
        "name": "after",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "first",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      ]
     },
     {
      "name": "publicAt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "referenceClassNames",
      "type": {
       "kind": "LIST",
       "ofType": {
        "kind": "NON_NULL",
        "ofType": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      },
      "args": []
     },
     {
      "name": "slug",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "subtitle",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "templateSlots",
      "type": {
       "kind": "LIST",
       "ofType": {
        "kind": "NON_NULL",
        "ofType": {
         "name": "PackSlot",
         "kind": "OBJECT",
         "ofType": null
        }
       }
      },
      "args": []
     },
     {
      "name": "templateTunes",
      "type": {
       "kind": "LIST",
       "ofType": {
        "name": "Tune",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "templates",
      "type": {
       "kind": "LIST",
       "ofType": {
        "kind": "NON_NULL",
        "ofType": {
         "name": "PackTemplate",
         "kind": "OBJECT",
         "ofType": null
        }
       }
      },
      "args": [
       {
        "name": "className",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      ]
     },
     {
      "name": "title",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "token",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "unlistedAt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "updatedAt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "useMulti",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "userId",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": [
     {
      "kind": "INTERFACE",
      "name": "Node"
     }
    ]
   },
   {
    "kind": "OBJECT",
    "name": "PackConnection",
    "fields": [
     {
      "name": "edges",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "PackEdge",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "nodes",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "Pack",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "pageInfo",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "PageInfo",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "PackCost",
    "fields": [
     {
      "name": "className",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "cost",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "numImages",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "PackEdge",
    "fields": [
     {
      "name": "cursor",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "node",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Pack",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "PackOrder",
    "fields": [
     {
      "name": "astriaId",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "totalCost",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "tuneIds",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "tunes",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "name": "Tune",
         "kind": "OBJECT",
         "ofType": null
        }
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "PackSlot",
    "fields": [
     {
      "name": "filterNames",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "key",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "label",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "templateTuneIds",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "tunes",
      "type": {
       "kind": "LIST",
       "ofType": {
        "name": "Tune",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "PackTemplate",
    "fields": [
     {
      "name": "astriaId",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "className",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "cost",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "images",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "prompt",
      "type": {
       "kind": "OBJECT",
       "name": "Prompt",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "text",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "PageInfo",
    "fields": [
     {
      "name": "endCursor",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "hasNextPage",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "hasPreviousPage",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "startCursor",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "Payer",
    "fields": [
     {
      "name": "astriaId",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "balance",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "isSelf",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "name",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "Prompt",
    "fields": [
     {
      "name": "ar",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "aspectRatio",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "astriaId",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "basePack",
      "type": {
       "kind": "OBJECT",
       "name": "Pack",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "basePackId",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "callback",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "cfgScale",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "colorGrading",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "controlnet",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "controlnetConditioningScale",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "controlnetTxt2img",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "cost",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "createdAt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "denoisingStrength",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "faceCorrect",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "faceSwap",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "filmGrain",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "h",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "hiresFix",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "id",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "imageReferences",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "images",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "GeneratedImage",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "inpaintFaces",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "inputImage",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "inputVideo",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "liked",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "likesCount",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "maskImage",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "negativePrompt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "numImages",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "orderId",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "originalPrompt",
      "type": {
       "kind": "OBJECT",
       "name": "Prompt",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "originalPromptId",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "pack",
      "type": {
       "kind": "OBJECT",
       "name": "Pack",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "packId",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "progress",
      "type": {
       "kind": "OBJECT",
       "name": "PromptProgress",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "references",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "TuneReference",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "resolution",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "scheduler",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "seed",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "startedTrainingAt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "status",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "steps",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "style",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "superResolution",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "text",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "trainedAt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "tune",
      "type": {
       "kind": "OBJECT",
       "name": "Tune",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "tuneId",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "updatedAt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "url",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "userError",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "videoDuration",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "videoModel",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "videoPrompt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "w",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "workspace",
      "type": {
       "kind": "OBJECT",
       "name": "Workspace",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "workspaceId",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": [
     {
      "kind": "INTERFACE",
      "name": "Node"
     }
    ]
   },
   {
    "kind": "OBJECT",
    "name": "PromptConnection",
    "fields": [
     {
      "name": "edges",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "PromptEdge",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "nodes",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "Prompt",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "pageInfo",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "PageInfo",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "PromptEdge",
    "fields": [
     {
      "name": "cursor",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "node",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Prompt",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "PromptEvent",
    "fields": [
     {
      "name": "cursor",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "isDone",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "prompt",
      "type": {
       "kind": "OBJECT",
       "name": "Prompt",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "reason",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "PromptProgress",
    "fields": [
     {
      "name": "elapsedSeconds",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "expectedSeconds",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "Query",
    "fields": [
     {
      "name": "costEstimate",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "CostEstimate",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "input",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "gallery",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Gallery",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "models",
      "type": {
       "kind": "OBJECT",
       "name": "ModelCatalogue",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "node",
      "type": {
       "kind": "INTERFACE",
       "name": "Node",
       "ofType": null
      },
      "args": [
       {
        "name": "id",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "nodes",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "name": "Node",
         "kind": "INTERFACE",
         "ofType": null
        }
       }
      },
      "args": [
       {
        "name": "ids",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "LIST",
          "ofType": {
           "kind": "NON_NULL",
           "ofType": {
            "kind": "SCALAR",
            "name": "Any"
           }
          }
         }
        }
       }
      ]
     },
     {
      "name": "pack",
      "type": {
       "kind": "OBJECT",
       "name": "Pack",
       "ofType": null
      },
      "args": [
       {
        "name": "id",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "packs",
      "type": {
       "kind": "OBJECT",
       "name": "PackConnection",
       "ofType": null
      },
      "args": [
       {
        "name": "after",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "filter",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "first",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      ]
     },
     {
      "name": "prompt",
      "type": {
       "kind": "OBJECT",
       "name": "Prompt",
       "ofType": null
      },
      "args": [
       {
        "name": "id",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "prompts",
      "type": {
       "kind": "OBJECT",
       "name": "PromptConnection",
       "ofType": null
      },
      "args": [
       {
        "name": "after",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "filter",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "first",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      ]
     },
     {
      "name": "promptsById",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "name": "Prompt",
         "kind": "OBJECT",
         "ofType": null
        }
       }
      },
      "args": [
       {
        "name": "ids",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "LIST",
          "ofType": {
           "kind": "NON_NULL",
           "ofType": {
            "kind": "SCALAR",
            "name": "Any"
           }
          }
         }
        }
       }
      ]
     },
     {
      "name": "tune",
      "type": {
       "kind": "OBJECT",
       "name": "Tune",
       "ofType": null
      },
      "args": [
       {
        "name": "id",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "tunes",
      "type": {
       "kind": "OBJECT",
       "name": "TuneConnection",
       "ofType": null
      },
      "args": [
       {
        "name": "after",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "filter",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "first",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      ]
     },
     {
      "name": "tunesById",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "name": "Tune",
         "kind": "OBJECT",
         "ofType": null
        }
       }
      },
      "args": [
       {
        "name": "ids",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "LIST",
          "ofType": {
           "kind": "NON_NULL",
           "ofType": {
            "kind": "SCALAR",
            "name": "Any"
           }
          }
         }
        }
       }
      ]
     },
     {
      "name": "viewer",
      "type": {
       "kind": "OBJECT",
       "name": "Viewer",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "waitFor",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "WaitResult",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "ids",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "LIST",
          "ofType": {
           "kind": "NON_NULL",
           "ofType": {
            "kind": "SCALAR",
            "name": "Any"
           }
          }
         }
        }
       },
       {
        "name": "seconds",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      ]
     },
     {
      "name": "workspace",
      "type": {
       "kind": "OBJECT",
       "name": "Workspace",
       "ofType": null
      },
      "args": [
       {
        "name": "id",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "workspaces",
      "type": {
       "kind": "LIST",
       "ofType": {
        "kind": "NON_NULL",
        "ofType": {
         "name": "Workspace",
         "kind": "OBJECT",
         "ofType": null
        }
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "RunPackPayload",
    "fields": [
     {
      "name": "budget",
      "type": {
       "kind": "OBJECT",
       "name": "Budget",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "cost",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "message",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "order",
      "type": {
       "kind": "OBJECT",
       "name": "PackOrder",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "promptIds",
      "type": {
       "kind": "LIST",
       "ofType": {
        "kind": "NON_NULL",
        "ofType": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      },
      "args": []
     },
     {
      "name": "prompts",
      "type": {
       "kind": "LIST",
       "ofType": {
        "name": "Prompt",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "tune",
      "type": {
       "kind": "OBJECT",
       "name": "Tune",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "warnings",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "Warning",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "Subscription",
    "fields": [
     {
      "name": "jobs",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "JobEvent",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "after",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "ids",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "LIST",
          "ofType": {
           "kind": "NON_NULL",
           "ofType": {
            "kind": "SCALAR",
            "name": "Any"
           }
          }
         }
        }
       }
      ]
     },
     {
      "name": "prompt",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "PromptEvent",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "after",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "id",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     },
     {
      "name": "tune",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "TuneEvent",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": [
       {
        "name": "after",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "id",
        "type": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      ]
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "Tune",
    "fields": [
     {
      "name": "args",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "astriaId",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "autoExtend",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "baseTune",
      "type": {
       "kind": "OBJECT",
       "name": "Tune",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "baseTuneId",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "branch",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "callback",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "characteristics",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "ckptUrl",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "ckptUrls",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "cost",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "createdAt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "eta",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "expiresAt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "faceCrop",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "id",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "isApi",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "modelType",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "name",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "origImages",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "prompts",
      "type": {
       "kind": "OBJECT",
       "name": "PromptConnection",
       "ofType": null
      },
      "args": [
       {
        "name": "after",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "filter",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "first",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      ]
     },
     {
      "name": "reference",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": [
       {
        "name": "strength",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      ]
     },
     {
      "name": "startedTrainingAt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "status",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "steps",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "title",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "token",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "trainedAt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "trainingFaceCorrect",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "updatedAt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "url",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": [
     {
      "kind": "INTERFACE",
      "name": "Node"
     }
    ]
   },
   {
    "kind": "OBJECT",
    "name": "TuneConnection",
    "fields": [
     {
      "name": "edges",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "TuneEdge",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "nodes",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "Tune",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "pageInfo",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "PageInfo",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "TuneEdge",
    "fields": [
     {
      "name": "cursor",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "node",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Tune",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "TuneEvent",
    "fields": [
     {
      "name": "cursor",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "isDone",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "reason",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "tune",
      "type": {
       "kind": "OBJECT",
       "name": "Tune",
       "ofType": null
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "TuneReference",
    "fields": [
     {
      "name": "strength",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "tune",
      "type": {
       "kind": "OBJECT",
       "name": "Tune",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "tuneId",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "type",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "UnlikePromptPayload",
    "fields": [
     {
      "name": "prompt",
      "type": {
       "kind": "OBJECT",
       "name": "Prompt",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "UpdatePromptPayload",
    "fields": [
     {
      "name": "prompt",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Prompt",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     },
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "warnings",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "name": "Warning",
          "kind": "OBJECT",
          "ofType": null
         }
        }
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "UpdateTunePayload",
    "fields": [
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "tune",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Tune",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "UpdateWorkspacePayload",
    "fields": [
     {
      "name": "query",
      "type": {
       "kind": "OBJECT",
       "name": "Query",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "workspace",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "name": "Workspace",
        "kind": "OBJECT",
        "ofType": null
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "VideoModel",
    "fields": [
     {
      "name": "aspectRatios",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "kind": "NON_NULL",
         "ofType": {
          "kind": "SCALAR",
          "name": "Any"
         }
        }
       }
      },
      "args": []
     },
     {
      "name": "generatesAudio",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "motionControl",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "name",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "needsInputVideo",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "supportsAudioReference",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "supportsImageReferences",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "supportsLastFrame",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "title",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "Viewer",
    "fields": [
     {
      "name": "astriaId",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "autoExtendTunes",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "balance",
      "type": {
       "kind": "OBJECT",
       "name": "Money",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "budget",
      "type": {
       "kind": "OBJECT",
       "name": "Budget",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "email",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "name",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "payer",
      "type": {
       "kind": "OBJECT",
       "name": "Payer",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "purchasedPluginAt",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "topOffAmount",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "WaitResult",
    "fields": [
     {
      "name": "isDone",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "nodes",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "LIST",
        "ofType": {
         "name": "Node",
         "kind": "INTERFACE",
         "ofType": null
        }
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "Warning",
    "fields": [
     {
      "name": "code",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "message",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     }
    ],
    "interfaces": []
   },
   {
    "kind": "OBJECT",
    "name": "Workspace",
    "fields": [
     {
      "name": "astriaId",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "brief",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "faviconUrl",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "id",
      "type": {
       "kind": "NON_NULL",
       "ofType": {
        "kind": "SCALAR",
        "name": "Any"
       }
      },
      "args": []
     },
     {
      "name": "landingPageHtml",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "packs",
      "type": {
       "kind": "OBJECT",
       "name": "PackConnection",
       "ofType": null
      },
      "args": [
       {
        "name": "after",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "filter",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "first",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      ]
     },
     {
      "name": "payer",
      "type": {
       "kind": "OBJECT",
       "name": "Payer",
       "ofType": null
      },
      "args": []
     },
     {
      "name": "prompts",
      "type": {
       "kind": "OBJECT",
       "name": "PromptConnection",
       "ofType": null
      },
      "args": [
       {
        "name": "after",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "filter",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "first",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      ]
     },
     {
      "name": "slug",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "title",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     },
     {
      "name": "tunes",
      "type": {
       "kind": "OBJECT",
       "name": "TuneConnection",
       "ofType": null
      },
      "args": [
       {
        "name": "after",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "filter",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       },
       {
        "name": "first",
        "type": {
         "kind": "SCALAR",
         "name": "Any"
        }
       }
      ]
     },
     {
      "name": "url",
      "type": {
       "kind": "SCALAR",
       "name": "Any"
      },
      "args": []
     }
    ],
    "interfaces": [
     {
      "kind": "INTERFACE",
      "name": "Node"
     }
    ]
   },
   {
    "kind": "SCALAR",
    "name": "Any"
   }
  ],
  "directives": []
 }
};
